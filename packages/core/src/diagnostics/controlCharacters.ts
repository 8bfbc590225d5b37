// Characters of a text from outside that would act on the terminal or hide what is written: controls (C0, DEL, C1),
// line and paragraph separators, marks that change the direction of text, and invisible spaces.
const acting = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text on one line, safe to print: what would act on the terminal is written as an escape, `\u001b`. */
export function escapeControls(text: string): string {
  return text.replace(
    acting,
    (character) => shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The same in the width of one column each, for code frames: the picture of the control (`␛`) or `�`. */
export function pictureControls(text: string): string {
  return text.replace(acting, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}
