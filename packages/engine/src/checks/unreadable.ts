/** Why a file could not be read, in words. */
export function unreadable(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return `file "${file}" does not exist`;
    case 'EISDIR':
      return `"${file}" is a folder, not a file`;
    case 'EACCES':
      return `file "${file}" may not be read`;
    default:
      return `"${file}" cannot be read: ${message}`;
  }
}
