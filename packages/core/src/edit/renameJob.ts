import { type DocumentPath, findPlace, type ParsedDocument, type ScalarNode } from '../document/index.ts';
import { childOf, withValue } from './dataEdit.ts';
import { indexOfJob, noJob } from './jobEdits.ts';
import { renderYamlScalar } from './render.ts';
import type { EditResult, Splice } from './textEdit.ts';
import { verified } from './verified.ts';

/**
 * Renames a job everywhere it is named in this file: its `id` (or v0's `job_id`), the dependencies of jobs and of job
 * templates (both "a" and {"job": "a"}), and the `only` lists of includes. Not covered: other files, and ids inside
 * commands, descriptions and selections. Costs one reading of the text.
 */
export function renameJob(document: ParsedDocument, from: string, to: string): EditResult {
  if (indexOfJob(document, from) === -1) return { ok: false, reason: noJob(from) };
  if (to === '') return { ok: false, reason: 'a job needs an id' };
  if (from !== to && indexOfJob(document, to) !== -1) {
    return { ok: false, reason: `a job with the id ${JSON.stringify(to)} is there already` };
  }
  const paths = pathsThatName(document.value, from);
  const intended = paths.reduce((value, path) => withValue(value, path, to), document.value);
  return verified(document, intended, [() => renamings(document, paths, to)]);
}

function renamings(document: ParsedDocument, paths: readonly DocumentPath[], to: string): Splice[] {
  const spliceByStart = new Map<number, Splice>();
  for (const path of paths) {
    const node = findPlace(document.tree(), path)?.value;
    if (node?.kind !== 'scalar') continue;
    spliceByStart.set(node.start, {
      start: node.start,
      end: node.end,
      newText: renderId(document, node, to),
    });
  }
  return [...spliceByStart.values()];
}

function renderId(document: ParsedDocument, { style }: ScalarNode, id: string): string {
  if (document.format !== 'yaml') return JSON.stringify(id);
  return renderYamlScalar(id, style === 'single' || style === 'double' ? style : undefined);
}

/** Every place of the file that can name a job, and names this one. */
function pathsThatName(root: unknown, id: string): DocumentPath[] {
  const places: DocumentPath[] = [];
  for (const [index, job] of listAt(root, 'jobs')) {
    places.push(['jobs', index, 'id'], ['jobs', index, 'job_id']);
    places.push(...dependencyPlaces(job).map((path) => ['jobs', index, ...path]));
  }
  for (const [name, template] of Object.entries(childOf(root, 'job_templates') ?? {})) {
    places.push(...dependencyPlaces(template).map((path) => ['job_templates', name, ...path]));
  }
  for (const [index, include] of listAt(root, 'include')) {
    places.push(...listAt(include, 'only').map(([only]) => ['include', index, 'only', only]));
  }
  return places.filter((path) => path.reduce<unknown>((value, step) => childOf(value, step), root) === id);
}

function dependencyPlaces(job: unknown): DocumentPath[] {
  const places = listAt(job, 'dependencies').flatMap(([index]) => [
    ['dependencies', index],
    ['dependencies', index, 'job'],
  ]);
  return [['dependencies'], ['dependencies', 'job'], ...places];
}

function listAt(parent: unknown, key: string): [number, unknown][] {
  const list = childOf(parent, key);
  return Array.isArray(list) ? [...list.entries()] : [];
}
