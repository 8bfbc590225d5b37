import type { ParsedDocument } from '../document/index.ts';
import type { TemplateResolver } from './extends.ts';
import type { Place } from './findings.ts';
import { type JobEntries, type JobEntry, jobPlace } from './jobEntries.ts';
import { valueAt } from './shape/schemaAt.ts';

/** Finds where things about jobs are written, through templates. */
export interface JobPlaces {
  /**
   * The place of `path` (such as `['env_variables', 'PATH']`) in the job, or in the template it comes from: the
   * strongest layer that has all of it, else the one that has its first key, else the job as a whole.
   */
  of(entry: JobEntry, path: readonly (string | number)[]): Place;
  /** The places where the job names the job `id` among its dependencies, in the order of the list. */
  ofDependency(entry: JobEntry, id: string): readonly Place[];
}

export function jobPlaces(
  templates: TemplateResolver,
  documents: ReadonlyMap<string, ParsedDocument>,
  resolveId: JobEntries['resolveId'],
): JobPlaces {
  const of: JobPlaces['of'] = (entry, path) => {
    const { source } = entry.inclusion;
    const job = jobPlace(source.file, entry.index);
    const layers = templates.layers(entry.own, job, source);
    const layer =
      layers.find(({ raw }) => path.length > 0 && valueAt(path, raw) !== undefined) ??
      layers.find(({ raw }) => path.length > 0 && Object.hasOwn(raw, path[0]!));
    return layer === undefined ? job : { file: layer.place.file, path: [...layer.place.path, ...path] };
  };
  const readDependencies = (entry: JobEntry): ReadonlyMap<string, readonly Place[]> => {
    const placesById = new Map<string, Place[]>();
    const list = of(entry, ['dependencies']);
    // As written, not as repaired: only there do indices and places agree.
    const written = valueAt(list.path, documents.get(list.file)?.value);
    if (!Array.isArray(written)) return placesById;
    written.forEach((dependency: unknown, index) => {
      const isText = typeof dependency === 'string';
      const name = isText ? dependency : valueAt(['job'], dependency);
      if (typeof name !== 'string') return;
      const id = resolveId(name, entry.inclusion);
      const place = { file: list.file, path: isText ? [...list.path, index] : [...list.path, index, 'job'] };
      const known = placesById.get(id);
      if (known === undefined) placesById.set(id, [place]);
      else known.push(place);
    });
    return placesById;
  };
  // Questions about one job come together: the answers of the last one are kept.
  let last:
    | { readonly entry: JobEntry; readonly placesById: ReadonlyMap<string, readonly Place[]> }
    | undefined;
  return {
    of,
    ofDependency(entry, id) {
      if (last?.entry !== entry) last = { entry, placesById: readDependencies(entry) };
      return last.placesById.get(id) ?? [];
    },
  };
}
