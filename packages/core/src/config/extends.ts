import { nearest } from '../diagnostics/suggest.ts';
import type { Definition, Definitions } from './definitions.ts';
import type { Findings, Place } from './findings.ts';
import type { RawJob, RawJobTemplate } from './schema/index.ts';
import type { SourceFile } from './sourceFile.ts';

/** Where the keys of a job come from: itself, or one of its templates. */
export interface Layer {
  readonly raw: RawJobTemplate;
  readonly place: Place;
}

type Template = Definition<'job_templates'>;

/** Templates that extend each other further than this are not followed. */
const maximumDepth = 100;

/** The keys of which the maps are merged; all others are replaced as a whole. */
const mergedKeys = ['env_variables', 'resources'] as const;

/** Looks templates up and merges them; a template is flattened once, however many jobs extend it. */
export class TemplateResolver {
  readonly #definitions: Definitions;
  readonly #findings: Findings;
  readonly #flattened = new Map<RawJobTemplate, RawJobTemplate>();

  constructor(definitions: Definitions, findings: Findings) {
    this.#definitions = definitions;
    this.#findings = findings;
  }

  /** The job with everything it extends. Unknown templates and circles are reported and left out. */
  merge(raw: RawJob, place: Place, source: SourceFile): RawJob {
    if (raw.extends === undefined) return raw;
    const base = this.#parents(raw, place, source, [], raw.id);
    const { extends: _, ...own } = mergeLayers(base, raw) as RawJob;
    return own;
  }

  /** The layers of a job, the strongest first: the job, then its templates. */
  layers(raw: RawJobTemplate, place: Place, source: SourceFile, seen = new Set<RawJobTemplate>()): Layer[] {
    if (seen.has(raw) || seen.size > maximumDepth) return [];
    seen.add(raw);
    const layers: Layer[] = [{ raw, place }];
    for (const name of namesOf(raw).reverse()) {
      const template = this.#definitions.find('job_templates', name, source);
      if (template !== undefined) {
        layers.push(...this.layers(template.value, placeOf(template), template.source, seen));
      }
    }
    return layers;
  }

  /** What the templates that `raw` names give together, the later over the earlier. */
  #parents(
    raw: RawJobTemplate,
    place: Place,
    source: SourceFile,
    chain: readonly Template[],
    job?: string,
  ): RawJobTemplate {
    let merged: RawJobTemplate = {};
    namesOf(raw).forEach((name, index) => {
      const namePlace = extendsPlace(raw, place, index);
      const template = this.#definitions.find('job_templates', name, source);
      if (template === undefined) this.#reportUnknown(name, namePlace, job);
      else if (chain.some((link) => link.value === template.value))
        this.#reportCycle(template, chain, namePlace);
      else if (chain.length >= maximumDepth) this.#reportDepth(namePlace, job);
      else merged = mergeLayers(merged, this.#flatten(template, chain));
    });
    return merged;
  }

  #flatten(template: Template, chain: readonly Template[]): RawJobTemplate {
    const known = this.#flattened.get(template.value);
    if (known !== undefined) return known;
    const base = this.#parents(template.value, placeOf(template), template.source, [...chain, template]);
    const { extends: _, ...flat } = mergeLayers(base, template.value);
    this.#flattened.set(template.value, flat);
    return flat;
  }

  #reportUnknown(name: string, place: Place, job: string | undefined): void {
    const near = nearest(name, this.#definitions.names('job_templates'));
    this.#findings.add({
      code: 'E221',
      message: `job template "${name}" is not defined`,
      place,
      ...(job !== undefined && { job }),
      hint: near === undefined ? 'define it in "job_templates"' : `did you mean "${near}"?`,
    });
  }

  #reportDepth(place: Place, job: string | undefined): void {
    this.#findings.add({
      code: 'E223',
      message: `job templates extend each other more than ${maximumDepth} deep`,
      place,
      ...(job !== undefined && { job }),
      hint: 'put the keys of several templates into one',
    });
  }

  #reportCycle(template: Template, chain: readonly Template[], place: Place): void {
    const circle = chain.slice(chain.findIndex((link) => link.value === template.value));
    this.#findings.add({
      code: 'E222',
      message: `job templates extend each other in a circle: ${[...circle, template].map((link) => `"${link.name}"`).join(' → ')}`,
      place,
      hint: 'remove one of these "extends"',
      related: circle.map((link) => ({
        message: `"${link.name}" extends ${namesOf(link.value)
          .map((name) => `"${name}"`)
          .join(', ')} here`,
        place: { file: link.source.file, path: ['job_templates', link.name, 'extends'] },
      })),
    });
  }
}

function placeOf(template: Template): Place {
  return { file: template.source.file, path: ['job_templates', template.name] };
}

function namesOf(raw: RawJobTemplate): string[] {
  if (raw.extends === undefined) return [];
  return typeof raw.extends === 'string' ? [raw.extends] : [...raw.extends];
}

function extendsPlace(raw: RawJobTemplate, place: Place, index: number): Place {
  const path = [...place.path, 'extends'];
  return { file: place.file, path: typeof raw.extends === 'string' ? path : [...path, index] };
}

function mergeLayers<Raw extends RawJobTemplate>(base: RawJobTemplate, own: Raw): Raw {
  const merged: Raw = { ...base, ...own };
  for (const key of mergedKeys) {
    const below = base[key];
    const above = own[key];
    if (below !== undefined && above !== undefined) Object.assign(merged, { [key]: { ...below, ...above } });
  }
  return merged;
}
