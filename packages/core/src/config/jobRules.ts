import type { DiagnosticCode } from '../diagnostics/codes.ts';
import { nearest } from '../diagnostics/suggest.ts';
import { builtInCheckNames, isCheckName } from './checkNames.ts';
import { builtInCheck, type ParameterProblem, parameterProblems } from './checks/index.ts';
import type { Definitions } from './definitions.ts';
import type { Finding, Findings } from './findings.ts';
import type { JobEntry } from './jobEntries.ts';
import type { JobPlaces } from './jobPlaces.ts';
import type { Check, Configuration, Job } from './model.ts';
import type { RawCheck } from './schema/index.ts';
import { hasMisspelledKey } from './shape/unknownKey.ts';
import type { SourceFile } from './sourceFile.ts';

export interface JobRuleContext {
  readonly configuration: Configuration;
  /** Entry `i` is the raw form of job `i` of the configuration. */
  readonly entries: readonly JobEntry[];
  readonly definitions: Definitions;
  readonly places: JobPlaces;
  readonly findings: Findings;
}

/** What the schema cannot say of jobs: that a command is there, and that what they refer to exists. */
export function checkJobs(context: JobRuleContext): void {
  const { jobs } = context.configuration;
  context.entries.forEach((entry, number) => {
    const job = jobs[number]!;
    if (job.command === '' && entry.raw.command === undefined) reportNoCommand(entry, context);
    if (entry.raw.env_sets !== undefined) checkEnvSets(entry, context);
    if (job.preChecks.length > 0) checkChecks('pre_checks', entry, job, context);
    if (job.postChecks.length > 0) checkChecks('post_checks', entry, job, context);
    for (const pool in job.resources) checkDemand(pool, job.resources[pool]!, entry, context);
  });
}

function reportNoCommand(entry: JobEntry, { places, findings, definitions }: JobRuleContext): void {
  const { source } = entry.inclusion;
  const { document, version } = source;
  const place = places.of(entry, []);
  // A command of the wrong kind has been reported as such.
  const written = (document.value as { jobs: readonly object[] }).jobs[entry.index] ?? {};
  if (Object.hasOwn(written, 'command')) return;
  // So has one with another name.
  if (version === 2 && hasMisspelledKey(written, 'command')) return;
  // A template that is not there has been reported, and may have had one.
  const templates = [entry.own.extends ?? []].flat();
  if (templates.some((name) => definitions.find('job_templates', name, source) === undefined)) return;
  findings.add({
    code: 'E202',
    message: `job "${entry.id}" has no "command"`,
    place,
    job: entry.id,
    hint:
      entry.own.extends === undefined
        ? 'say what it runs; an empty text runs nothing and succeeds'
        : 'none of the templates that it extends has one either',
  });
}

function checkEnvSets(entry: JobEntry, { definitions, places, findings }: JobRuleContext): void {
  entry.raw.env_sets?.forEach((name, index) => {
    if (definitions.find('env_sets', name, entry.inclusion.source) !== undefined) return;
    findings.add({
      code: 'E503',
      message: `job "${entry.id}" uses the env set "${name}", which is not defined`,
      place: places.of(entry, ['env_sets', index]),
      job: entry.id,
      ...suggestion(nearest(name, definitions.names('env_sets')), 'define it in "env_sets" of the file'),
    });
  });
}

function suggestion(near: string | undefined, otherwise: string): Pick<Finding, 'hint'> {
  return { hint: near === undefined ? otherwise : `did you mean "${near}"?` };
}

function checkChecks(
  key: 'pre_checks' | 'post_checks',
  entry: JobEntry,
  job: Job,
  { definitions, places, findings }: JobRuleContext,
): void {
  const checks = key === 'pre_checks' ? job.preChecks : job.postChecks;
  const uses = entry.raw[key] ?? [];
  const { source } = entry.inclusion;
  checks.forEach((check, index) => {
    const use = uses[index];
    const own: RawCheck = typeof use === 'object' ? use : { name: use ?? check.name };
    // What a named check is made of is looked at where it is defined, once.
    const isNamed = definitions.find('checks', own.name, source) !== undefined;
    const place = (...path: string[]) => places.of(entry, [key, index, ...path]);
    if (!isCheckName(check.name)) {
      if (isNamed) return;
      findings.add({
        ...unknownCheck(check.name, `job "${entry.id}" has`, source, definitions),
        place: typeof use === 'string' ? place() : place('name'),
        job: entry.id,
      });
      return;
    }
    const all = checkProblems(check, key);
    const problems = all.filter(
      ({ kind, parameter }) =>
        (!isNamed || kind === 'missing' || Object.hasOwn(own.params ?? {}, parameter)) &&
        !(kind === 'missing' && isMisspelled(parameter, all)),
    );
    for (const problem of problems) {
      const { hint, parameter, kind } = problem;
      findings.add({
        code: parameterCode(problem, source),
        message: `job "${entry.id}": ${problem.message}`,
        place:
          kind === 'missing' || kind === 'misplaced'
            ? place()
            : { ...place('params', parameter), part: kind === 'unknown' ? 'key' : 'value' },
        job: entry.id,
        ...(hint !== undefined && { hint }),
      });
    }
  });
}

interface CheckProblem {
  readonly kind: ParameterProblem['kind'] | 'misplaced';
  readonly parameter: string;
  readonly message: string;
  readonly hint?: string;
}

function checkProblems({ name, params }: Check, key: 'pre_checks' | 'post_checks'): CheckProblem[] {
  const definition = builtInCheck(name);
  if (definition === undefined) return [];
  const problems: CheckProblem[] = parameterProblems(definition, params);
  if (definition.onlyAfter !== true || key === 'post_checks') return problems;
  const misplaced: CheckProblem = {
    kind: 'misplaced',
    parameter: '',
    message: `${name} looks at what the command has printed, which is nothing before it has run`,
    hint: 'move it to "post_checks"',
  };
  return [misplaced, ...problems];
}

/** What is missing has been written with another name: that is told. */
function isMisspelled(parameter: string, problems: readonly CheckProblem[]): boolean {
  return problems.some(({ kind, hint }) => kind === 'unknown' && hint === `did you mean "${parameter}"?`);
}

const errorCodes = { missing: 'E803', unknown: 'E804', unusable: 'E805', misplaced: 'E806' } as const;
const warningCodes = { missing: 'W803', unknown: 'W804', unusable: 'W805', misplaced: 'W806' } as const;

function parameterCode({ kind }: CheckProblem, { version }: SourceFile): DiagnosticCode {
  return (version === 2 ? errorCodes : warningCodes)[kind];
}

/** Named checks are made of built-in ones or plug-ins, not of other named ones. */
export function checkNamedChecks(source: SourceFile, definitions: Definitions, findings: Findings): void {
  for (const [name, check] of Object.entries(source.raw.checks ?? {})) {
    if (isCheckName(check.name)) {
      checkNamedParameters(name, check, source, findings);
      continue;
    }
    findings.add({
      ...unknownCheck(check.name, `the named check "${name}" is made of`, source, definitions),
      place: { file: source.file, path: ['checks', name, 'name'] },
    });
  }
}

/** What is missing may be added where the check is used. */
function checkNamedParameters(name: string, check: RawCheck, source: SourceFile, findings: Findings): void {
  const definition = builtInCheck(check.name);
  if (definition === undefined) return;
  for (const problem of parameterProblems(definition, check.params ?? {})) {
    if (problem.kind === 'missing') continue;
    findings.add({
      code: parameterCode(problem, source),
      message: `the named check "${name}": ${problem.message}`,
      place: {
        file: source.file,
        path: ['checks', name, 'params', problem.parameter],
        part: problem.kind === 'unknown' ? 'key' : 'value',
      },
      ...(problem.hint !== undefined && { hint: problem.hint }),
    });
  }
}

function unknownCheck(
  name: string,
  subject: string,
  { version }: SourceFile,
  definitions: Definitions,
): Omit<Finding, 'place' | 'job'> {
  const isStrict = version === 2;
  return {
    code: isStrict ? 'E801' : 'W801',
    message: `${subject} the unknown check "${name}"${isStrict ? '' : '; it will fail when it is reached'}`,
    ...suggestion(
      nearest(name, [...builtInCheckNames, ...definitions.names('checks')]),
      'use a built-in check, define it in "checks", or name a plug-in by its path',
    ),
  };
}

function checkDemand(
  pool: string,
  amount: number,
  entry: JobEntry,
  { configuration, places, findings }: JobRuleContext,
): void {
  const pools = configuration.resources;
  const capacity = Object.hasOwn(pools, pool) ? pools[pool]! : undefined;
  if (capacity !== undefined && amount <= capacity) return;
  const place = places.of(entry, ['resources', pool]);
  if (capacity !== undefined) {
    findings.add({
      code: 'E305',
      message: `job "${entry.id}" takes ${amount} of "${pool}", which has only ${capacity}`,
      place,
      job: entry.id,
      hint: 'lower the demand, or raise the capacity in "resources" at the top',
    });
    return;
  }
  findings.add({
    code: 'E306',
    message: `job "${entry.id}" takes from the pool "${pool}", which is not defined`,
    place: { ...place, part: 'key' },
    job: entry.id,
    ...suggestion(
      nearest(pool, Object.keys(pools)),
      `add it to "resources" at the top: {"${pool}": ${Math.max(1, amount)}}`,
    ),
  });
}
