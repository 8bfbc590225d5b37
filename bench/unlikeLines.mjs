// Lines of which hardly two are alike, of many kinds: what costs most when lines are grouped, since each must be compared. Each
// kind gives the text of its next few hundred lines; the same each time.

/** `text(piece)` is the piece with that number. */
export const unlikeKinds = [
  { name: 'sentences of a vocabulary', text: pieces(sentence) },
  { name: 'sentences that end in free text', text: pieces(freeEnding) },
  { name: 'words made up', text: pieces(madeUpWords) },
  { name: 'a hex dump', text: pieces(hexDump) },
  { name: 'base64', text: pieces(base64) },
  { name: 'JSON lines of many keys', text: pieces(jsonLine) },
  { name: 'stack traces of many classes', text: pieces(stackTrace) },
  { name: 'SQL statements', text: pieces(sqlStatement) },
  { name: 'minified code', text: pieces(minified) },
];

const linesInPiece = 500;
const vocabulary = Array.from({ length: 5000 }, (_, index) => wordOf(randomNumbers(index + 1)));

function pieces(lineOf) {
  return (piece) => {
    const random = randomNumbers(piece + 1);
    let text = '';
    for (let line = 0; line < linesInPiece; line++)
      text += `${lineOf(random, piece * linesInPiece + line)}\n`;
    return text;
  };
}

function sentence(random) {
  return `${stamp(random)} - INFO - ${words(random, 4 + (random() % 16))}.`;
}

function freeEnding(random) {
  return `${stamp(random)} - INFO - note of customer ${random()}: ${words(random, 2 + (random() % 10))}`;
}

function madeUpWords(random) {
  return Array.from({ length: 3 + (random() % 12) }, () => wordOf(random)).join(' ');
}

function hexDump(random, line) {
  const bytes = Array.from({ length: 16 }, () => random() & 255);
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const text = bytes.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
  return `${(line * 16).toString(16).padStart(8, '0')}  ${hex}  |${text}|`;
}

function base64(random) {
  return Buffer.from(Array.from({ length: 57 }, () => random() & 255)).toString('base64');
}

function jsonLine(random) {
  const entries = Array.from({ length: 3 + (random() % 20) }, () => [word(random), jsonValue(random)]);
  return JSON.stringify({ time: stamp(random), ...Object.fromEntries(entries) });
}

function jsonValue(random) {
  return [
    () => random(),
    () => words(random, 1 + (random() % 6)),
    () => random() % 2 === 0,
    () => [word(random), random() % 99],
    () => ({ [word(random)]: word(random) }),
  ][random() % 5]();
}

function stackTrace(random, line) {
  if (line % 12 === 0)
    return `${stamp(random)} - ERROR - java.lang.${capital(word(random))}Exception: ${words(random, 5)}`;
  const type = capital(word(random)) + capital(word(random));
  return `\tat com.${word(random)}.${word(random)}.${type}.${word(random)}${capital(word(random))}(${type}.java:${random() % 999})`;
}

function sqlStatement(random) {
  const columns = Array.from({ length: 1 + (random() % 12) }, () => word(random));
  const values = columns.map(() => (random() % 2 ? `'${words(random, 2)}'` : random() % 10_000));
  return `${stamp(random)} - DEBUG - INSERT INTO ${word(random)}_${word(random)} (${columns.join(', ')}) VALUES (${values.join(', ')})`;
}

function minified(random) {
  return Array.from(
    { length: 10 + (random() % 30) },
    () => `${word(random)}${'(){}[];,.=+-*!?:<>&|"'[random() % 21]}`,
  ).join('');
}

function stamp(random) {
  const two = (count) => String(random() % count).padStart(2, '0');
  return `2026-01-02 03:${two(60)}:${two(60)},${two(10)}0`;
}

function words(random, count) {
  return Array.from({ length: count }, () => word(random)).join(' ');
}

/** Few words are frequent, most are rare, as in any language. */
function word(random) {
  return vocabulary[Math.floor(vocabulary.length ** ((random() % 10_000) / 10_000)) - 1] ?? vocabulary[0];
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

function wordOf(random) {
  let text = '';
  for (let syllables = 1 + (random() % 4); syllables > 0; syllables--)
    text += `${'bcdfghklmnprstvz'[random() % 16]}${'aeiou'[random() % 5]}${'nrslm'[random() % 9] ?? ''}`;
  return text;
}

/** The same numbers each time (xorshift, Marsaglia 2003). */
function randomNumbers(seed) {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 1;
  };
}
