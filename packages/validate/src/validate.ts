import {
  type ConfigurationHost,
  checkSecurity,
  compareDiagnostics,
  type Diagnostic,
  type Environment,
  type Fix,
  type LoadResult,
  load,
  type ParsedDocument,
  type Range,
  type SourceText,
  type TextEdit,
} from '@executioner/core';
import { withTabFix } from './fix/indentByTabs.ts';
import { production } from './rules/commands/production.ts';
import type { FindingPlace } from './rules/findingPlace.ts';
import { rules } from './rules/index.ts';
import type { Finding, JobCheck, Replacement, Rule } from './rules/rule.ts';
import { secretSearch } from './rules/secrets/plainSecret.ts';
import { Subject } from './rules/subject.ts';
import type { RuleSetting } from './settings/ruleSetting.ts';
import { settle } from './settings/settle.ts';
import { Suppressions } from './settings/suppressions.ts';
import type { World } from './world/world.ts';

export interface ValidateOptions {
  readonly host: ConfigurationHost;
  readonly world: World;
  /** The environment that jobs may inherit from, with the PATH that programs are looked for in. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What `--env` will set. */
  readonly variables?: Environment;
  /** Severities by code. */
  readonly settings?: ReadonlyMap<string, RuleSetting>;
}

export interface Validation {
  /** Sorted by file, place and code. */
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of all files that were read, by absolute path; `-` is standard input. */
  readonly texts: ReadonlyMap<string, string>;
  readonly load: LoadResult;
  /** Where secrets stand in the texts: to be hidden wherever these are shown. */
  readonly secrets: readonly { readonly file: string; readonly start: number; readonly end: number }[];
}

/**
 * Reads a configuration with all it includes and says what is wrong with it: what `load` finds, what the security
 * policy minds, and what the rules of this package find, also in a file with errors as far as it can be made out.
 * Never throws, whatever the files hold. `source` is a path or a text with its name. Cost: that of `load`, and linear
 * in commands, variables and dependencies; files and programs are looked up once each.
 */
export function validate(source: string | SourceText, options: ValidateOptions): Validation {
  const result = load(source, options.host);
  const draft = result.state === 'valid' ? result : result.draft;
  const diagnostics = result.diagnostics.map((diagnostic) => withTabFix(diagnostic, result.texts));
  if (result.state === 'valid') diagnostics.push(...checkSecurity(result));
  const suppressions = new Suppressions(result.documents.values());
  const isIgnored = (codes: readonly string[], place: FindingPlace) =>
    suppressions.all.length > 0 &&
    suppressions.cover(codes, place.origin.file, rangeOf(place, result)?.start.offset ?? 0);
  const subject = draft && new Subject(result, draft, { variables: {}, ...options, isIgnored });
  if (subject !== undefined) {
    const wanted = rules.filter(({ code }) => options.settings?.get(code) !== 'off');
    checkAll(wanted, subject, (rule, finding) => diagnostics.push(toDiagnostic(rule, finding, result)));
  }
  return {
    diagnostics: settle(diagnostics, suppressions, options.settings).sort(compareDiagnostics),
    texts: result.texts,
    load: result,
    secrets: subject === undefined ? [] : secretRanges(subject, result),
  };
}

function checkAll(
  wanted: readonly Rule[],
  subject: Subject,
  report: (rule: Rule, finding: Finding) => void,
): void {
  // First: rules ask at their end what it answers at its own.
  subject.gather(production);
  // Also when its rule is switched off: what is shown of the files must hide them.
  subject.gather(secretSearch);
  const checks = wanted.flatMap((rule) => rule.check(subject, (finding) => report(rule, finding)) ?? []);
  const all: readonly JobCheck[] = [...subject.gatherers, ...checks];
  const looks = all.flatMap((check) => check.job?.bind(check) ?? []);
  for (const job of subject.jobs) {
    for (let index = 0; index < looks.length; index++) looks[index]!(job);
    job.forget();
  }
  for (const check of all) check.end?.();
}

function toDiagnostic({ code, severity }: Rule, finding: Finding, loaded: LoadResult): Diagnostic {
  const { message, place, job, hint, related = [], replacement } = finding;
  const suggestion = replacement && suggestionOf(replacement, loaded);
  const range = place && rangeOf(place, loaded);
  return {
    code,
    severity,
    message,
    ...(place && { file: place.origin.file }),
    ...(range && { range }),
    ...(job !== undefined && { job }),
    ...(hint !== undefined && { hint }),
    ...(related.length > 0 && {
      related: related.map((other) => {
        const otherRange = other.place && rangeOf(other.place, loaded);
        return {
          message: other.message,
          ...(other.place && { file: other.place.origin.file }),
          ...(otherRange && { range: otherRange }),
        };
      }),
    }),
    ...(suggestion && { fixes: [suggestion] }),
  };
}

/** Undefined where one of the places does not hold what is to be replaced, word for word. */
function suggestionOf({ from, to, places }: Replacement, loaded: LoadResult): Fix | undefined {
  // What a shell or JSON would read otherwise needs a person to write it.
  if (!/^[\w./@%+,:-]+$/.test(to)) return undefined;
  const edits: TextEdit[] = [];
  for (const place of places) {
    const { file } = place.origin;
    const range = rangeOf(place, loaded);
    const start = range?.start.offset ?? 0;
    const written = loaded.texts.get(file)?.slice(start, range?.end.offset ?? 0) ?? '';
    const at = written.indexOf(from);
    if (at === -1 || written.indexOf(from, at + 1) !== -1) return undefined;
    edits.push({ file, start: start + at, end: start + at + from.length, newText: to });
  }
  return { kind: 'suggestion', title: `write "${to}"`, edits };
}

/** The range of a place; of what concerns a whole job or file its beginning alone. */
function rangeOf({ origin, part, within }: FindingPlace, loaded: LoadResult): Range | undefined {
  const document = loaded.documents.get(origin.file);
  const inside = within && document?.locateInString(origin.path, within.start, within.end);
  const range = inside ?? loaded.locate(origin, part);
  if (range === undefined || inside !== undefined || !isWhole(origin.path, document)) return range;
  const line = range.start.line;
  const offset = Math.min(range.end.offset, endOfLine(document!.text, range.start.offset));
  return {
    start: range.start,
    end: { offset, line, column: range.start.column + offset - range.start.offset },
  };
}

function isWhole(path: readonly (string | number)[], document: ParsedDocument | undefined): boolean {
  return document !== undefined && (path.length === 0 || (path.length === 2 && path[0] === 'jobs'));
}

function endOfLine(text: string, offset: number): number {
  const end = /[\r\n]|$/.exec(text.slice(offset, offset + 200));
  return offset + (end?.index ?? 0);
}

function secretRanges(subject: Subject, loaded: LoadResult): Validation['secrets'] {
  return subject.once(secretSearch).found.flatMap(({ hidden }) => {
    const range = rangeOf(hidden, loaded);
    return range === undefined
      ? []
      : [{ file: hidden.origin.file, start: range.start.offset, end: range.end.offset }];
  });
}
