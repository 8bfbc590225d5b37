import picocolors from 'picocolors';
import { codeFrame, type FrameLine, type FrameOptions } from './codeFrame.ts';
import { compareDiagnostics } from './compareDiagnostics.ts';
import { escapeControls } from './controlCharacters.ts';
import type { Diagnostic, Range, RelatedPlace, Severity } from './diagnostic.ts';
import { countSeverities, describeCounts } from './severity.ts';

export interface PrettyOptions {
  /** The texts that were read, by the file names in the diagnostics. Without its text a place has no frame. */
  readonly sources?: ReadonlyMap<string, string>;
  /** Off unless set. */
  readonly color?: boolean;
  /** Columns of the terminal, at least 40; 100 unless given. Long source lines are cut to fit, messages are not. */
  readonly width?: number;
  /** Show at most so many diagnostics and count the rest. */
  readonly limit?: number;
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
}

function createStyle(options: PrettyOptions): Style {
  return {
    colors: picocolors.createColors(options.color ?? false),
    sources: options.sources ?? new Map(),
    displayFile: options.displayFile ?? ((file) => (file === '-' ? '<stdin>' : file)),
    width: Math.max(40, options.width ?? 100),
    secretNames: options.secretNames ?? [],
  };
}

function renderOne(diagnostic: Diagnostic, style: Style): string[] {
  const { colors } = style;
  const related = diagnostic.related ?? [];
  const gutterWidth = lineNumberWidth(diagnostic);
  const [inSameLine, elsewhere] = partition(related, (place) => isInSameLine(place, diagnostic));
  return [
    renderHeader(diagnostic, style),
    ...renderFrame(diagnostic, '^', gutterWidth, style, severityColor(diagnostic.severity, style)),
    ...inSameLine.flatMap((place) => renderSecondMark(place, diagnostic, gutterWidth, style)),
    ...renderJob(diagnostic),
    ...labelled(colors.cyan('hint:'), diagnostic.hint),
    ...elsewhere.flatMap((place) => renderRelated(place, diagnostic, gutterWidth, style)),
    ...(diagnostic.fixes ?? []).flatMap(({ kind, title }) =>
      labelled(colors.green(kind === 'fix' ? 'fix available:' : 'suggestion:'), title),
    ),
  ];
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

/** The frame of a place with its gutter; nothing where there is no place, or no text of its file. */
function renderFrame(
  place: { readonly file?: string; readonly range?: Range },
  markCharacter: string,
  gutterWidth: number,
  style: Style,
  markColor: (text: string) => string,
): string[] {
  return frameLines(place, gutterWidth, style).map((line) => {
    if (line.kind === 'gap') return style.colors.dim(`${' '.repeat(gutterWidth)}…`);
    const number = line.kind === 'source' ? String(line.lineNumber) : '';
    const gutter = style.colors.dim(`  ${number.padStart(gutterWidth - 2)} |`);
    if (line.kind === 'source') return line.text === '' ? gutter : `${gutter} ${line.text}`;
    return `${gutter} ${' '.repeat(line.indent)}${markColor(markCharacter.repeat(line.length))}`;
  });
}

function frameLines(
  place: { readonly file?: string; readonly range?: Range },
  gutterWidth: number,
  style: Style,
): FrameLine[] {
  const text = place.file === undefined ? undefined : style.sources.get(place.file);
  if (text === undefined || place.range === undefined) return [];
  const options: FrameOptions = { width: style.width - gutterWidth - 3, secretNames: style.secretNames };
  return codeFrame(text, place.range, options);
}

/** A related place in the line already shown: one more line of marks, with its message. */
function renderSecondMark(
  place: RelatedPlace,
  diagnostic: Diagnostic,
  gutterWidth: number,
  style: Style,
): string[] {
  const located = { ...place, file: place.file ?? diagnostic.file! };
  const [, mark] = renderFrame(located, '-', gutterWidth, style, style.colors.blue);
  return [`${mark} ${style.colors.blue(escapeControls(place.message))}`];
}

function renderRelated(
  place: RelatedPlace,
  diagnostic: Diagnostic,
  gutterWidth: number,
  style: Style,
): string[] {
  const file = place.file ?? (place.range === undefined ? undefined : diagnostic.file);
  const located = file === undefined ? place : { ...place, file };
  const where = renderPlace(file, place.range, style);
  return [
    `  ${where === '' ? '' : `${style.colors.bold(where)} `}${style.colors.blue('note:')} ${escapeControls(place.message)}`,
    ...renderFrame(located, '-', gutterWidth, style, style.colors.blue),
  ];
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

/** Whether the frame of the diagnostic shows the related place too. */
function isInSameLine(place: RelatedPlace, diagnostic: Diagnostic): boolean {
  const { range, file } = diagnostic;
  if (range === undefined || place.range === undefined || (place.file ?? file) !== file) return false;
  const lines = [range.start, range.end, place.range.start, place.range.end].map((position) => position.line);
  return lines.every((line) => line === lines[0]);
}

/** The width of the gutter that fits every line number of the diagnostic, with two spaces before it. */
function lineNumberWidth({ range, related = [] }: Diagnostic): number {
  const ranges = [range, ...related.map((place) => place.range)];
  const lines = ranges.flatMap((shown) => (shown === undefined ? [] : [shown.start.line, shown.end.line]));
  return 2 + String(Math.max(1, ...lines)).length;
}

function partition<T>(items: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}
