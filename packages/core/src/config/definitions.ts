import type { Findings } from './findings.ts';
import type { RawCheck, RawConfiguration, RawJobTemplate } from './schema/index.ts';
import type { Inclusion, SourceFile } from './sourceFile.ts';

/** What files define for jobs to use, under names. */
interface DefinitionKinds {
  readonly job_templates: RawJobTemplate;
  readonly env_sets: NonNullable<RawConfiguration['env_sets']>[string];
  readonly checks: RawCheck;
}

export type DefinitionKind = keyof DefinitionKinds;

export interface Definition<Kind extends DefinitionKind> {
  readonly name: string;
  readonly value: DefinitionKinds[Kind];
  readonly source: SourceFile;
}

/**
 * All definitions of a configuration. Every file sees those of all others; where several define a name, a file's own
 * wins, then that of the outermost file, then the order of includes.
 */
export interface Definitions {
  find<Kind extends DefinitionKind>(kind: Kind, name: string, from: SourceFile): Definition<Kind> | undefined;
  names(kind: DefinitionKind): Iterable<string>;
}

const wordOf: Record<DefinitionKind, string> = {
  job_templates: 'job template',
  env_sets: 'env set',
  checks: 'check',
};

/** Collects the definitions of `root` and all that it includes, and remarks on names defined twice. */
export function collectDefinitions(root: Inclusion, findings: Findings): Definitions {
  const firstByName: Record<DefinitionKind, Map<string, SourceFile>> = {
    job_templates: new Map(),
    env_sets: new Map(),
    checks: new Map(),
  };
  const kinds = Object.keys(firstByName) as DefinitionKind[];
  const visited = new Set<SourceFile>();
  const visit = (inclusion: Inclusion): void => {
    const { source } = inclusion;
    if (!visited.has(source)) {
      visited.add(source);
      for (const kind of kinds) {
        for (const name of Object.keys(source.raw[kind] ?? {})) {
          const first = firstByName[kind].get(name);
          if (first === undefined) firstByName[kind].set(name, source);
          else reportSecond(kind, name, first, source, findings);
        }
      }
    }
    inclusion.children.forEach(visit);
  };
  visit(root);

  return {
    find: (kind, name, from) => {
      const source = ownValue(from.raw[kind], name) === undefined ? firstByName[kind].get(name) : from;
      const value = source && ownValue(source.raw[kind], name);
      return source && value !== undefined
        ? ({ name, value, source } as unknown as Definition<typeof kind>)
        : undefined;
    },
    names: (kind) => firstByName[kind].keys(),
  };
}

function ownValue(map: object | undefined, name: string): unknown {
  return map !== undefined && Object.hasOwn(map, name) ? (map as Record<string, unknown>)[name] : undefined;
}

function reportSecond(
  kind: DefinitionKind,
  name: string,
  first: SourceFile,
  second: SourceFile,
  findings: Findings,
): void {
  findings.add({
    code: 'W210',
    message: `${wordOf[kind]} "${name}" is defined in two files; jobs of this file use this one, all others the first`,
    place: { file: second.file, path: [kind, name], part: 'key' },
    hint: 'give one of them another name',
    related: [
      { message: 'first defined here', place: { file: first.file, path: [kind, name], part: 'key' } },
    ],
  });
}
