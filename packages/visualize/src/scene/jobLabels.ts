import { visibleText } from '@executioner/report';
import type { Picture } from '../picture/picture.ts';
import { type BoxSize, idRoom, idStyle } from './jobBox.ts';
import { fitText, textWidth } from './textWidth.ts';

/**
 * The ids of the jobs as far as they fit into their boxes. What is cut is the middle; where that would make ids alike, what
 * tells them from each other is kept: `extract_t…12…warehouse`. Linear in the ids.
 */
export function jobLabels({ jobs }: Picture, box: BoxSize): string[] {
  const labels = jobs.map((job) => fitText(job.id, idRoom(job, box), idStyle, { cut: 'middle' }));
  const alike = new Map<string, number[]>();
  for (const [job, label] of labels.entries()) {
    if (!label.includes('…') || label === jobs[job]!.id) continue;
    const own = alike.get(label) ?? [];
    own.push(job);
    alike.set(label, own);
  }
  for (const group of alike.values()) {
    if (group.length === 1) continue;
    const ids = group.map((job) => [...jobs[job]!.id.slice(0, lengthMax)]);
    const [head, tail] = commonEnds(ids);
    for (const [k, job] of group.entries()) {
      labels[job] = aroundMiddle(ids[k]!, head, tail, idRoom(jobs[job]!, box));
    }
  }
  return labels;
}

/** Nobody sees more of an id than this. */
const lengthMax = 2000;
const wordCharacter = /[\p{L}\p{N}]/u;

/** How many characters all begin and end with, up to the beginning and from the end of a word. */
function commonEnds(ids: readonly (readonly string[])[]): [head: number, tail: number] {
  const [first = []] = ids;
  const shortest = ids.reduce((least, { length }) => Math.min(least, length), first.length);
  let head = 0;
  while (head < shortest && ids.every((id) => id[head] === first[head])) head++;
  let tail = 0;
  while (tail < shortest - head && ids.every((id) => id.at(-1 - tail) === first.at(-1 - tail))) tail++;
  while (head > 0 && wordCharacter.test(first[head - 1]!)) head--;
  while (tail > 0 && wordCharacter.test(first.at(-tail)!)) tail--;
  return [head, tail];
}

/** The characters between the ends, and as many of the ends as there is room for. */
function aroundMiddle(id: readonly string[], head: number, tail: number, room: number): string {
  const middle = id.slice(head, id.length - tail).join('');
  let best = fitText(`…${middle}…`, room, idStyle, { cut: 'middle' });
  for (let kept = 1; kept < Math.max(head, tail); kept++) {
    const before = kept < head ? `${id.slice(0, kept).join('')}…` : id.slice(0, head).join('');
    const after = kept < tail ? `…${id.slice(-kept).join('')}` : id.slice(id.length - tail).join('');
    const text = visibleText(`${before}${middle}${after}`);
    if (textWidth(text, idStyle) > room) break;
    best = text;
  }
  return best;
}
