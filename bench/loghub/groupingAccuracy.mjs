// The measure of the Loghub benchmark (Zhu, He, Liu, He, Xie, Zheng, Lyu 2019) and the reader of its ground truth.

/**
 * The share of lines whose group holds exactly the lines of one true group.
 *
 * @param {readonly (string | number)[]} found the group of each line
 * @param {readonly (string | number)[]} truth the true group of each line
 * @returns {number}
 */
export function groupingAccuracy(found, truth) {
  const foundSizes = countOf(found);
  const trueSizes = countOf(truth);
  const both = countOf(found.map((group, line) => JSON.stringify([group, truth[line]])));
  let right = 0;
  for (const [pair, size] of both) {
    const [group, event] = JSON.parse(pair);
    if (foundSizes.get(group) === size && trueSizes.get(event) === size) right += size;
  }
  return found.length === 0 ? 1 : right / found.length;
}

function countOf(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/**
 * The Content and EventId columns of a `_structured.csv`.
 *
 * @param {string} text
 * @returns {{ content: string, event: string }[]}
 */
export function readLoghub(text) {
  const [titles, ...rows] = parseCsv(text);
  const content = titles.indexOf('Content');
  const event = titles.indexOf('EventId');
  return rows.map((row) => ({ content: row[content], event: row[event] }));
}

/**
 * The rows of a CSV text (RFC 4180).
 *
 * @param {string} text
 * @returns {string[][]}
 */
export function parseCsv(text) {
  const rows = [];
  let row = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/y;
  while (field.lastIndex < text.length) {
    const [, quoted, plain, end] = field.exec(text);
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
