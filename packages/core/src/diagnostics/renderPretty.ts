import picocolors from 'picocolors';
import { codeFrame, type FrameLine } from './codeFrame.ts';
import { compareDiagnostics } from './compareDiagnostics.ts';
import { escapeControls } from './controlCharacters.ts';
import type { Diagnostic, Fix, Range, RelatedPlace, Severity } from './diagnostic.ts';
import { countSeverities, describeCounts } from './severity.ts';

export interface PrettyOptions {
  /** The texts that were read, by the file names in the diagnostics. Without its text a place has no frame. */
  readonly sources?: ReadonlyMap<string, string>;
  /** Off unless set. */
  readonly color?: boolean;
  /**
   * Columns of the terminal, at least 40; 100 unless given, and where there is no terminal (infinite). Long source lines
   * are cut to fit, messages are not.
   */
  readonly width?: number;
  /** Show at most so many diagnostics and count the rest. */
  readonly limit?: number;
  /** Of one diagnostic show at most so many related places, and count the rest; 8 unless given. */
  readonly relatedLimit?: number;
  /** Whether the last line counts the findings; on unless false. */
  readonly summary?: boolean;
  /** How a file is shown, for example relative to the current folder. */
  readonly displayFile?: (file: string) => string;
  /** Names whose values are hidden in frames, besides those that look secret (`smtp_password`, `DB_TOKEN`). */
  readonly secretNames?: readonly string[];
}

/**
 * The diagnostics for a person, sorted by `compareDiagnostics`: for each `file:line:column severity CODE: message`,
 * the source with the place marked, the hint, related places and whether there is a fix; then one line of counts. Ends
 * with a line break; empty when there are no diagnostics. Control characters never reach the terminal.
 */
export function renderPretty(diagnostics: readonly Diagnostic[], options: PrettyOptions = {}): string {
  if (diagnostics.length === 0) return '';
  const style = createStyle(options);
  const sorted = [...diagnostics].sort(compareDiagnostics);
  const limit = options.limit ?? sorted.length;
  const blocks = sorted.slice(0, limit).map((diagnostic) => renderOne(diagnostic, style).join('\n'));
  if (sorted.length > limit) blocks.push(style.colors.dim(`… and ${sorted.length - limit} more`));
  if (options.summary !== false) blocks.push(renderSummary(diagnostics, style));
  return `${blocks.join('\n\n')}\n`;
}

interface Style {
  readonly colors: ReturnType<typeof picocolors.createColors>;
  readonly sources: ReadonlyMap<string, string>;
  readonly displayFile: (file: string) => string;
  readonly width: number;
  readonly secretNames: readonly string[];
  readonly relatedLimit: number;
}

function createStyle(options: PrettyOptions): Style {
  return {
    colors: picocolors.createColors(options.color ?? false),
    sources: options.sources ?? new Map(),
    displayFile: options.displayFile ?? ((file) => (file === '-' ? '<stdin>' : file)),
    width: Math.max(40, Number.isFinite(options.width) ? options.width! : 100),
    secretNames: options.secretNames ?? [],
    relatedLimit: options.relatedLimit ?? 8,
  };
}

function renderOne(diagnostic: Diagnostic, style: Style): string[] {
  const { colors } = style;
  return [
    renderHeader(diagnostic, style),
    ...renderPlaces(diagnostic, style),
    ...(diagnostic.fixes ?? [])
      .filter((fix) => fix.kind === 'fix' || !isInHint(fix, diagnostic))
      .flatMap(({ kind, title }) =>
        labelled(colors.green(kind === 'fix' ? 'fix available:' : 'suggestion:'), title),
      ),
  ];
}

/** `did you mean "x"?` says all that `write "x"` would say. */
function isInHint({ title }: Fix, { hint = '' }: Diagnostic): boolean {
  const name = /^write "(.+)"$/s.exec(title)?.[1];
  return name !== undefined && (hint.includes(`"${name}"`) || hint.includes(`"$${name}"`));
}

function renderHeader(diagnostic: Diagnostic, style: Style): string {
  const { severity, code, message } = diagnostic;
  const place = renderPlace(diagnostic.file, diagnostic.range, style);
  const label = `${severityColor(severity, style)(severity)} ${style.colors.dim(code)}`;
  return `${place === '' ? '' : `${style.colors.bold(place)} `}${label}: ${escapeControls(message)}`;
}

function renderPlace(file: string | undefined, range: Range | undefined, style: Style): string {
  if (file === undefined) return '';
  const name = escapeControls(style.displayFile(file));
  return range === undefined ? name : `${name}:${range.start.line}:${range.start.column}`;
}

/** The frame of the diagnostic, with related places of the same line in it, the job and the hint, other places below. */
function renderPlaces(diagnostic: Diagnostic, style: Style): string[] {
  const related = (diagnostic.related ?? []).map((place) => inFileOf(diagnostic, place));
  const gutterWidth = gutterWidthFor([diagnostic, ...related]);
  const frame = frameOf(diagnostic, gutterWidth, style);
  const [inFrame, elsewhere] = partition(
    related,
    (place) => place.file === diagnostic.file && isSameLine(frame, frameOf(place, gutterWidth, style)),
  );
  const [samePlace, besides] = partition(inFrame, (place) => isSameRange(place.range, diagnostic.range));
  const color = severityColor(diagnostic.severity, style);
  // One more is shown rather than counted.
  const shown = elsewhere.length === style.relatedLimit + 1 ? elsewhere.length : style.relatedLimit;
  const note = style.colors.blue;
  return [
    ...printFrame(frame, { character: '^', color, label: samePlace[0]?.message }, gutterWidth, style),
    ...[...samePlace.slice(1), ...besides].flatMap((place) => {
      const [, marks] = frameOf(place, gutterWidth, style);
      return printFrame([marks!], { character: '-', color: note, label: place.message }, gutterWidth, style);
    }),
    ...renderJob(diagnostic),
    ...labelled(style.colors.cyan('hint:'), diagnostic.hint),
    ...elsewhere.slice(0, shown).flatMap((place) => {
      const where = renderPlace(place.file, place.range, style);
      return [
        `  ${where === '' ? '' : `${style.colors.bold(where)} `}${note('note:')} ${escapeControls(place.message)}`,
        ...printFrame(
          frameOf(place, gutterWidth, style),
          { character: '-', color: note },
          gutterWidth,
          style,
        ),
      ];
    }),
    ...(elsewhere.length > shown
      ? [style.colors.dim(`  … and ${elsewhere.length - shown} more places`)]
      : []),
  ];
}

type Place = Pick<Diagnostic, 'file' | 'range'>;

/** A place that names no file is in the file of the diagnostic. */
function inFileOf({ file }: Diagnostic, place: RelatedPlace): RelatedPlace {
  return place.file !== undefined || place.range === undefined || file === undefined
    ? place
    : { ...place, file };
}

/** Nothing where there is no place, or no text of its file. */
function frameOf({ file, range }: Place, gutterWidth: number, style: Style): FrameLine[] {
  const text = file === undefined ? undefined : style.sources.get(file);
  if (text === undefined || range === undefined) return [];
  return codeFrame(text, range, { width: style.width - gutterWidth - 3, secretNames: style.secretNames });
}

/** Whether both frames are of one line, and the same part of it. */
function isSameLine(
  [source, ...marks]: readonly FrameLine[],
  [otherSource, ...otherMarks]: readonly FrameLine[],
): boolean {
  return (
    marks.length === 1 &&
    otherMarks.length === 1 &&
    source?.kind === 'source' &&
    otherSource?.kind === 'source' &&
    source.lineNumber === otherSource.lineNumber &&
    source.text === otherSource.text
  );
}

function isSameRange(a: Range | undefined, b: Range | undefined): boolean {
  return a?.start.offset === b?.start.offset && a?.end.offset === b?.end.offset;
}

interface Mark {
  readonly character: '^' | '-';
  readonly color: (text: string) => string;
  /** Stands behind the last mark. */
  readonly label?: string | undefined;
}

function printFrame(frame: readonly FrameLine[], mark: Mark, gutterWidth: number, style: Style): string[] {
  const printed = frame.map((line) => {
    if (line.kind === 'gap') return style.colors.dim(`${' '.repeat(gutterWidth)}…`);
    const number = line.kind === 'source' ? String(line.lineNumber) : '';
    const gutter = style.colors.dim(`  ${number.padStart(gutterWidth - 2)} |`);
    if (line.kind === 'source') return line.text === '' ? gutter : `${gutter} ${line.text}`;
    return `${gutter} ${' '.repeat(line.indent)}${mark.color(mark.character.repeat(line.length))}`;
  });
  if (mark.label !== undefined && printed.length > 0) {
    printed.push(`${printed.pop()} ${mark.color(escapeControls(mark.label))}`);
  }
  return printed;
}

/** The width of the gutter that fits the line numbers of all places, with two spaces before it. */
function gutterWidthFor(places: readonly Place[]): number {
  const lines = places.flatMap(({ range }) =>
    range === undefined ? [] : [range.start.line, range.end.line],
  );
  return 2 + String(Math.max(1, ...lines)).length;
}

/** The job, unless the message names it already. */
function renderJob({ job, message }: Diagnostic): string[] {
  return job === undefined || message.includes(`"${job}"`) ? [] : [`  in job "${escapeControls(job)}"`];
}

/** `  label text`, further lines of the text below its first. */
function labelled(label: string, text: string | undefined): string[] {
  if (text === undefined || text === '') return [];
  const [first, ...rest] = text.split('\n').map(escapeControls);
  return [`  ${label} ${first}`, ...rest.map((line) => `    ${line}`)];
}

function renderSummary(diagnostics: readonly Diagnostic[], style: Style): string {
  const counts = countSeverities(diagnostics);
  const worst: Severity = counts.error > 0 ? 'error' : counts.warning > 0 ? 'warning' : 'info';
  return severityColor(worst, style)(describeCounts(counts));
}

function severityColor(severity: Severity, { colors }: Style): (text: string) => string {
  const color = { error: colors.red, warning: colors.yellow, info: colors.blue }[severity];
  return (text) => colors.bold(color(text));
}

function partition<T>(items: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}
