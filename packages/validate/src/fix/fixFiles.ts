import {
  applyEdits,
  type Code,
  type ConfigurationHost,
  countSeverities,
  type Diagnostic,
  type Fix,
  type LoadResult,
  load,
  type SourceText,
  type TextEdit,
} from '@executioner/core';
import { fixOf, suggestionFor } from './fixers.ts';
import { withTabFix } from './indentByTabs.ts';

export interface AppliedFix {
  readonly code: Code;
  readonly kind: Fix['kind'];
  readonly title: string;
  readonly file: string;
}

export interface FixResult {
  /** The new texts of the files that change, by name. */
  readonly texts: ReadonlyMap<string, string>;
  /** In the order in which they were made. */
  readonly applied: readonly AppliedFix[];
}

/** Files as they were read, with what is wrong with them. */
export interface Reading {
  readonly load: LoadResult;
  readonly diagnostics: readonly Diagnostic[];
}

export interface FixOptions {
  /** Leaves out codes that are switched off. */
  readonly isWanted?: (code: Code) => boolean;
  /**
   * Suggestions are followed, too, which may change what a run does: those of what this finds, such as `validate`.
   * Absent: nothing is changed but what keeps a run as it is.
   */
  readonly suggestionsOf?: (source: string | SourceText, host: ConfigurationHost) => Reading;
}

const maximumRounds = 50;

/**
 * Mends what can be mended without changing what a run does, in the file and all it includes, again and again until
 * nothing is left to mend; then follows suggestions if they are asked for. Writes nothing. A fix after which the
 * configuration would say anything else is not made, nor a suggestion after which more would be wrong. Cost:
 * a few readings of all files, and one or two of a text for each fix.
 */
export function fixFiles(
  source: string | SourceText,
  host: ConfigurationHost,
  { isWanted = () => true, suggestionsOf }: FixOptions = {},
): FixResult {
  const texts = new Map<string, string>();
  const applied: AppliedFix[] = [];
  /** What the last mending has been tried with: there is no need to read it again. */
  let mended: Reading | undefined;
  const mend = (kind: Fix['kind'], read: NonNullable<FixOptions['suggestionsOf']>): boolean => {
    const now = (kind === 'fix' && mended) || read(withText(source, texts), overlay(host, texts));
    const proposed = proposals(now, kind, isWanted);
    const step = proposed.length === 0 ? undefined : applyAll(proposed, { source, host, texts, now, read });
    for (const [file, text] of step?.texts ?? []) texts.set(file, text);
    applied.push(...(step?.applied ?? []));
    mended = kind === 'fix' ? step?.reading : undefined;
    return step !== undefined;
  };
  for (let round = 0; round < maximumRounds; round++) {
    if (mend('fix', loadOnly)) continue;
    if (suggestionsOf === undefined || !mend('suggestion', suggestionsOf)) break;
  }
  return { texts, applied };
}

function loadOnly(source: string | SourceText, host: ConfigurationHost): Reading {
  const loaded = load(source, host);
  return { load: loaded, diagnostics: loaded.diagnostics };
}

interface Proposal {
  readonly code: Code;
  readonly isOfError: boolean;
  readonly message: string;
  readonly fix: Fix;
  readonly file: string;
}

/**
 * The changes of a kind that can be made at once: none of them touches what an earlier one changes. Those that mend errors
 * come first and alone, since what an error has hidden comes to light by them.
 */
function proposals(reading: Reading, kind: Fix['kind'], isWanted: (code: Code) => boolean): Proposal[] {
  const found = proposalsFor(reading, kind, isWanted);
  const ofErrors = found.filter(({ isOfError }) => isOfError);
  return ofErrors.length > 0 ? ofErrors : found;
}

function proposalsFor(
  { load: { documents, texts }, diagnostics }: Reading,
  kind: Fix['kind'],
  isWanted: (code: Code) => boolean,
): Proposal[] {
  const taken: TextEdit[] = [];
  const found: Proposal[] = [];
  for (const diagnostic of diagnostics) {
    const { code, message, file, severity } = diagnostic;
    if (file === undefined || !isWanted(code)) continue;
    const fix =
      kind === 'suggestion'
        ? suggestionFor(diagnostic, documents)
        : code === 'W106'
          ? rewriting
          : fixOf(withTabFix(diagnostic, texts), documents);
    if (fix === undefined || (fix.edits.length === 0 && fix !== rewriting)) continue;
    if (fix.edits.some((edit) => taken.some((other) => touch(edit, other)))) continue;
    taken.push(...fix.edits);
    found.push({ code, message, fix, file, isOfError: severity === 'error' });
  }
  return found;
}

/** To write a text as it is makes UTF-8 of it. */
const rewriting: Fix = { kind: 'fix', title: 'Save as UTF-8', edits: [] };

function touch(one: TextEdit, other: TextEdit): boolean {
  return one.file === other.file && one.start <= other.end && other.start <= one.end;
}

interface Situation {
  readonly source: string | SourceText;
  readonly host: ConfigurationHost;
  readonly texts: ReadonlyMap<string, string>;
  readonly now: Reading;
  readonly read: NonNullable<FixOptions['suggestionsOf']>;
}

interface Step {
  readonly reading: Reading;
  readonly texts: ReadonlyMap<string, string>;
  readonly applied: readonly AppliedFix[];
}

/** All proposals at once or, should that not do, those of them that do one after the other. */
function applyAll(proposed: readonly Proposal[], situation: Situation): Step | undefined {
  const all = attempt(proposed, situation);
  if (all !== undefined) return all;
  if (proposed.length === 1) return undefined;
  let best: Step | undefined;
  let kept: Proposal[] = [];
  for (const proposal of proposed) {
    const step = attempt([...kept, proposal], situation);
    if (step === undefined) continue;
    kept = [...kept, proposal];
    best = step;
  }
  return best;
}

function attempt(proposed: readonly Proposal[], situation: Situation): Step | undefined {
  const { source, host, texts, now, read } = situation;
  const changed = new Map<string, string>();
  const edits = proposed.flatMap(({ fix }) => fix.edits);
  for (const file of new Set([...proposed.map(({ file }) => file), ...edits.map((edit) => edit.file)])) {
    const text = now.load.texts.get(file);
    if (text === undefined) return undefined;
    const own = edits.filter((edit) => edit.file === file);
    changed.set(file, applyEdits(text, own));
  }
  const together = new Map([...texts, ...changed]);
  const then = read(withText(source, together), overlay(host, together));
  const keepsMeaning = proposed.every(({ fix }) => fix.kind === 'fix');
  // What has an error does not run, and what the place of the error means is told by its fix alone.
  const tellsMeaning = now.load.state !== 'valid' && proposed.every(({ isOfError }) => isOfError);
  if (keepsMeaning && !tellsMeaning && !isSameMeaning(now.load, then.load)) return undefined;
  if (!isBetter(now, then) && (keepsMeaning || !isSettled(proposed, now, then))) return undefined;
  const applied = proposed.map(({ code, fix: { kind, title }, file }) => ({ code, kind, title, file }));
  return { texts: changed, applied, reading: then };
}

function withText(source: string | SourceText, texts: ReadonlyMap<string, string>): string | SourceText {
  if (typeof source === 'string') return source;
  const text = texts.get(source.file);
  // What is written anew is written in UTF-8.
  if (text === undefined) return source;
  const { encoding: _, ...rest } = source;
  return { ...rest, text };
}

/** The host with some of its files replaced by other texts. */
function overlay(host: ConfigurationHost, texts: ReadonlyMap<string, string>): ConfigurationHost {
  return {
    ...host,
    readFile(file) {
      const text = texts.get(file);
      return text === undefined ? host.readFile(file) : { ok: true, text };
    },
  };
}

/** Fewer errors or, with as many, fewer findings: what is written is never worse than what was there. */
function isBetter(before: Reading, after: Reading): boolean {
  const errors = ({ diagnostics }: Reading) => countSeverities(diagnostics).error;
  const difference = errors(after) - errors(before);
  return difference < 0 || (difference === 0 && after.diagnostics.length < before.diagnostics.length);
}

/** Whether the findings are gone, and others that show themselves now (a script, once its program is found) are no more. */
function isSettled(proposed: readonly Proposal[], before: Reading, after: Reading): boolean {
  const errors = ({ diagnostics }: Reading) => countSeverities(diagnostics).error;
  return (
    errors(after) <= errors(before) &&
    after.diagnostics.length <= before.diagnostics.length &&
    !after.diagnostics.some(({ code, message }) =>
      proposed.some((proposal) => proposal.code === code && proposal.message === message),
    )
  );
}

/**
 * Whether two readings describe the same workflow: the same settings and jobs in the same order, wherever they stand in
 * the files. Never so when the first one could be made out and the second one cannot.
 */
export function isSameMeaning(before: LoadResult, after: LoadResult): boolean {
  if (before.state === 'valid' && after.state !== 'valid') return false;
  const first = before.state === 'valid' ? before : before.draft;
  const second = after.state === 'valid' ? after : after.draft;
  if (first === undefined) return true;
  return second !== undefined && meaning(first.configuration) === meaning(second.configuration);
}

function meaning(configuration: object): string {
  return JSON.stringify(configuration, (key, value: unknown) =>
    key === 'origin' || key === 'extra' ? undefined : value,
  );
}
