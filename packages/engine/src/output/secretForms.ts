import { posix } from 'node:path';

/** Whether a secret's value can be masked without making texts unreadable. */
export function isMaskable(value: string): boolean {
  return value.trim().length >= 4 && !/^(?:true|false|none|null|undefined)$/i.test(value.trim());
}

/**
 * All the ways in which a secret may stand in a text: as it is, without the white space around it, line by line, and each
 * of these as part of a path, quoted for a shell, for JSON and for addresses, and within base64. Values and lines that are
 * too short or too common are left out.
 */
export function secretForms(value: string): Set<string> {
  const forms = new Set<string>();
  for (const part of partsOf(value)) {
    for (const form of [
      part,
      ...pathForms(part),
      ...shellForms(part),
      ...jsonForms(part),
      ...urlForms(part),
      ...base64Forms(part),
    ]) {
      if (form.length >= 4) forms.add(form);
    }
  }
  return forms;
}

/** Line breaks may have been translated, and white space at the ends of lines may have been removed. */
function partsOf(value: string): string[] {
  const lines = value.split(/\r\n|\n|\r/);
  const wholes = [value, lines.join('\n'), lines.join('\r\n')];
  const parts = [...wholes, ...lines].flatMap((part) => [part, part.trimEnd(), part.trim()]);
  return [...new Set(parts)].filter(isMaskable);
}

/** What is left of it in a path that was made absolute: `.`, `..` and doubled slashes are resolved, one at the end is lost. */
function pathForms(part: string): string[] {
  if (!part.includes('/')) return [];
  const resolved = posix.normalize(part).replace(/^(?:\.\.\/)+/, '');
  return [resolved, resolved.replace(/\/$/, '')];
}

function shellForms(part: string): string[] {
  return [
    part.replaceAll("'", "'\\''"),
    part.replaceAll("'", `'"'"'`),
    part.replace(/[\\"$`]/g, '\\$&'),
    part.replace(/[\\"$`!]/g, '\\$&'),
    part.replace(/[^\w]/g, '\\$&'),
    part.replace(/[^\w@%+=:,./-]/g, '\\$&'),
    part.replace(/[ \t'"\\|&;()<>!{}*[\]?^$`,]|^[#~]/g, '\\$&'),
    part.replace(/[\\'\n\t\r]/g, (character) => ansiEscapes[character]!),
  ];
}

const ansiEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
};

function jsonForms(part: string): string[] {
  const plain = JSON.stringify(part).slice(1, -1);
  const withMarkup = plain.replace(/[<>&\u2028\u2029]/g, (character) => unicodeEscape(character));
  return [plain, withMarkup].flatMap((text) => {
    const ascii = text.replace(/[^ -~]/g, (character) => unicodeEscape(character));
    const upper = text.replace(/[^ -~]/g, (character) =>
      unicodeEscape(character).toUpperCase().replace('U', 'u'),
    );
    return [text, ascii, upper].flatMap((form) => [form, form.replaceAll('/', '\\/')]);
  });
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The characters that programs leave as they are: those of RFC 3986, JavaScript, HTML forms, Python, whole addresses. */
const unescapedInUrls = [/[\w.~-]/, /[\w.~!*'()-]/, /[\w.*-]/, /[\w.~/-]/, /[\w.~!*'();/?:@&=+$,#-]/];

function urlForms(part: string): string[] {
  return unescapedInUrls
    .map((unescaped) => percentEncoded(part, unescaped))
    .flatMap((form) => [form, form.replaceAll('%20', '+')])
    .flatMap((form) => [form, form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]);
}

function percentEncoded(part: string, unescaped: RegExp): string {
  let encoded = '';
  for (const byte of Buffer.from(part)) {
    const character = String.fromCharCode(byte);
    encoded +=
      byte < 0x80 && unescaped.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/**
 * The part of the base64 text that the value alone decides, for each place it may have among the bytes before it. Up to
 * four bits at either end, which share a character with other bytes, remain.
 */
function base64Forms(part: string): string[] {
  const bytes = Buffer.from(part);
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const decided = text.slice(Math.ceil((8 * before) / 6), Math.floor((8 * (before + bytes.length)) / 6));
    return [decided, decided.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
