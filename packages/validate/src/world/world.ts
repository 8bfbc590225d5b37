/** What is at a path, links followed. */
export type Entry =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'file' | 'folder' | 'other';
      readonly isReadable: boolean;
      readonly isExecutable: boolean;
    };

/** What validating needs to know of the machine besides the texts of configurations. All paths are absolute. */
export interface World {
  lookAt(path: string): Entry;
  /** The path with all links followed; the path itself when it is missing. */
  realPath(path: string): string;
  /**
   * What `shell` says of the syntax of a command, without running it; empty: nothing is wrong. Undefined when the
   * shell cannot be asked.
   */
  checkSyntax(shell: string, command: string): string | undefined;
  /**
   * What ShellCheck remarks upon each of the scripts, in their order, undefined where it gives no answer; absent when it
   * is not installed or not wanted.
   */
  readonly shellCheck?: (
    scripts: readonly string[],
    shell: 'sh' | 'bash',
  ) => readonly (readonly ShellCheckComment[] | undefined)[];
  /** How many scripts of a configuration it is to be asked about at most; absent: all. */
  readonly shellCheckLimit?: number;
}

/** A remark of ShellCheck on the part [start, end) of a script, in UTF-16 units. */
export interface ShellCheckComment {
  readonly code: number;
  readonly level: 'error' | 'warning' | 'info' | 'style';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}
