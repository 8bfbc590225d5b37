import {
  applyEdits,
  type Code,
  type ConfigurationHost,
  countSeverities,
  type Fix,
  type LoadResult,
  load,
  type SourceText,
  type TextEdit,
} from '@executioner/core';
import { fixOf } from './fixers.ts';

export interface AppliedFix {
  readonly code: Code;
  readonly title: string;
  readonly file: string;
}

export interface FixResult {
  /** The new texts of the files that change, by name. */
  readonly texts: ReadonlyMap<string, string>;
  /** In the order in which they were made. */
  readonly applied: readonly AppliedFix[];
}

const maximumRounds = 50;

/**
 * Mends what can be mended without changing what a run does, in the file and all it includes, again and again until
 * nothing is left to mend. Writes nothing. A fix after which the configuration would say anything else is not made.
 * `isWanted` leaves out codes that are switched off. Cost: a few loads, and one or two readings of a text for each fix.
 */
export function fixFiles(
  source: string | SourceText,
  host: ConfigurationHost,
  isWanted: (code: Code) => boolean = () => true,
): FixResult {
  const texts = new Map<string, string>();
  const applied: AppliedFix[] = [];
  let current = load(source, host);
  for (let round = 0; round < maximumRounds; round++) {
    const proposed = proposals(current, isWanted);
    if (proposed.length === 0) break;
    const step = applyAll(proposed, { source, host, texts, current });
    if (step === undefined) break;
    for (const [file, text] of step.texts) texts.set(file, text);
    applied.push(...step.applied);
    current = step.loaded;
  }
  return { texts, applied };
}

interface Proposal {
  readonly code: Code;
  readonly fix: Fix;
  readonly file: string;
}

/** The fixes that can be made at once: none of them touches what an earlier one changes. */
function proposals(loaded: LoadResult, isWanted: (code: Code) => boolean): Proposal[] {
  const taken: TextEdit[] = [];
  const found: Proposal[] = [];
  for (const diagnostic of loaded.diagnostics) {
    if (!isWanted(diagnostic.code)) continue;
    const fix = fixOf(diagnostic, loaded.documents);
    const file = diagnostic.file;
    if (fix === undefined || file === undefined || fix.edits.length === 0) continue;
    if (fix.edits.some((edit) => taken.some((other) => touch(edit, other)))) continue;
    taken.push(...fix.edits);
    found.push({ code: diagnostic.code, fix, file });
  }
  return found;
}

function touch(one: TextEdit, other: TextEdit): boolean {
  return one.file === other.file && one.start <= other.end && other.start <= one.end;
}

interface Situation {
  readonly source: string | SourceText;
  readonly host: ConfigurationHost;
  readonly texts: ReadonlyMap<string, string>;
  readonly current: LoadResult;
}

interface Step {
  readonly texts: ReadonlyMap<string, string>;
  readonly applied: readonly AppliedFix[];
  readonly loaded: LoadResult;
}

/** All proposals at once or, should the configuration say anything else then, those of them that change nothing. */
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

function attempt(
  proposed: readonly Proposal[],
  { source, host, texts, current }: Situation,
): Step | undefined {
  const changed = new Map<string, string>();
  const edits = proposed.flatMap(({ fix }) => fix.edits);
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const text = current.texts.get(file);
    if (text === undefined) return undefined;
    const own = edits.filter((edit) => edit.file === file);
    changed.set(file, applyEdits(text, own));
  }
  const loaded = load(withText(source, changed, texts), overlay(host, new Map([...texts, ...changed])));
  if (!isSameMeaning(current, loaded) || !isBetter(current, loaded)) return undefined;
  const applied = proposed.map(({ code, fix, file }) => ({ code, title: fix.title, file }));
  return { texts: changed, applied, loaded };
}

function withText(
  source: string | SourceText,
  changed: ReadonlyMap<string, string>,
  texts: ReadonlyMap<string, string>,
): string | SourceText {
  if (typeof source === 'string') return source;
  return { ...source, text: changed.get(source.file) ?? texts.get(source.file) ?? source.text };
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
function isBetter(before: LoadResult, after: LoadResult): boolean {
  const errors = ({ diagnostics }: LoadResult) => countSeverities(diagnostics).error;
  const difference = errors(after) - errors(before);
  return difference < 0 || (difference === 0 && after.diagnostics.length < before.diagnostics.length);
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
