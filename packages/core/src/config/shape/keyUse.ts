import type { Findings, Place } from '../findings.ts';
import { configurationSchema } from '../schema/schema.generated.ts';
import type { SchemaNode } from '../schema/schemaNode.ts';

type Properties = Readonly<Record<string, SchemaNode>>;

const topKeys: Properties = configurationSchema.properties ?? {};
const jobKeys: Properties = configurationSchema.$defs?.job?.properties ?? {};
const newTopKeys = newKeys(topKeys);
const newJobKeys = newKeys(jobKeys);
const newNames: Readonly<Record<string, string>> = { job_id: 'id', job_description: 'description' };

function newKeys(properties: Properties): ReadonlySet<string> {
  return new Set(Object.keys(properties).filter((key) => properties[key]?.since === 2));
}

/** The places of one key, in the order of the file. */
type KeyPlaces = Map<string, Place[]>;

/**
 * Remarks on keys that work and yet deserve a word, one remark for each kind however many jobs use them: keys of
 * version 2 in a file that does not say so, old names, and keys switched off by a leading underscore.
 */
export function remarkOnKeys(document: object, file: string, version: 1 | 2, findings: Findings): void {
  const ofVersion2: KeyPlaces = new Map();
  const old: KeyPlaces = new Map();
  const switchedOff: KeyPlaces = new Map();
  const note = (places: KeyPlaces, key: string, path: (string | number)[]): void => {
    const known = places.get(key);
    const place: Place = { file, path, part: 'key' };
    if (known === undefined) places.set(key, [place]);
    else known.push(place);
  };

  for (const key in document) {
    if (version === 1 && newTopKeys.has(key)) note(ofVersion2, key, [key]);
    else if (version === 1 && key.startsWith('_')) note(switchedOff, key, [key]);
    else if (key === 'name') note(old, key, [key]);
  }
  const { jobs } = document as { jobs?: unknown };
  if (Array.isArray(jobs)) {
    for (let index = 0; index < jobs.length; index++) {
      const job: unknown = jobs[index];
      if (typeof job !== 'object' || job === null) continue;
      for (const key in job) {
        if (version === 1 && newJobKeys.has(key)) note(ofVersion2, key, ['jobs', index, key]);
        else if (key === 'job_id' || key === 'job_description') note(old, key, ['jobs', index, key]);
        else if (version === 1 && key.startsWith('_')) note(switchedOff, key, ['jobs', index, key]);
      }
    }
  }
  remarkOnNewKeys(ofVersion2, document, file, findings);
  remarkOnOldKeys(old, document, findings);
  remarkOnSwitchedOffKeys(switchedOff, findings);
}

function remarkOnNewKeys(keys: KeyPlaces, document: object, file: string, findings: Findings): void {
  const first = keys.values().next().value?.[0];
  if (first === undefined) return;
  const hasVersion = Object.hasOwn(document, 'version');
  findings.add({
    code: 'I201',
    message: `the file uses keys of version 2: ${list([...keys.keys()])}`,
    place: first,
    hint: hasVersion ? 'write "version": 2' : 'add "version": 2 at the top',
    ...(hasVersion && {
      fixes: [
        {
          kind: 'suggestion' as const,
          title: 'write 2',
          edits: [{ place: { file, path: ['version'] }, by: 2 }],
        },
      ],
    }),
  });
}

function remarkOnOldKeys(keys: KeyPlaces, document: object, findings: Findings): void {
  for (const [key, places] of keys) {
    if (key === 'name') remarkOnName(places[0]!, document, findings);
    else {
      const count = places.length === 1 ? 'one job' : `${places.length} jobs`;
      findings.add({
        code: 'W202',
        message: `"${key}" is the old name of "${newNames[key]}" (${count})`,
        place: places[0]!,
        hint: `rename it to "${newNames[key]}"`,
        fixes: [
          {
            kind: 'fix',
            title: `rename "${key}" to "${newNames[key]}" everywhere in the file`,
            edits: places.map((place) => ({ place, by: newNames[key] })),
          },
        ],
      });
    }
  }
}

/** `name` never named anything: runs are filed under the application's name or that of the file. */
function remarkOnName(place: Place, document: object, findings: Findings): void {
  const hasApplicationName = Object.hasOwn(document, 'application_name');
  findings.add({
    code: 'W202',
    message: `"name" is an old label without effect: runs are named by ${hasApplicationName ? '"application_name"' : 'the file'}`,
    place,
    hint: hasApplicationName ? 'remove it' : 'use "application_name" to name the runs, or remove it',
    ...(!hasApplicationName && {
      fixes: [
        {
          kind: 'suggestion' as const,
          title: 'rename "name" to "application_name"',
          edits: [{ place, by: 'application_name' }],
        },
      ],
    }),
  });
}

function remarkOnSwitchedOffKeys(keys: KeyPlaces, findings: Findings): void {
  const first = keys.values().next().value?.[0];
  if (first === undefined) return;
  findings.add({
    code: 'I202',
    message: `keys that begin with "_" are ignored: ${list([...keys.keys()])}`,
    place: first,
    hint: 'with "version": 2 begin notes of your own with "x_"',
  });
}

function list(keys: readonly string[]): string {
  const shown = keys
    .slice(0, 5)
    .map((key) => `"${key}"`)
    .join(', ');
  return keys.length <= 5 ? shown : `${shown} and ${keys.length - 5} more`;
}
