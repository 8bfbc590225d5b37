/** Escapes what Markdown, or HTML within it, would read as markup. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~#&]/g, '\\$&')
    .replace(/\\&/g, '&amp;')
    .replace(/\\</g, '&lt;')
    .replace(/\\>/g, '&gt;');
}
