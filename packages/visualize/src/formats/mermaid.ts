import { palettes, visibleText } from '@executioner/report';
import type { Picture, PictureDependency, PictureJob } from '../picture/picture.ts';
import type { Direction } from '../scene/direction.ts';
import { durationText } from '../scene/jobBox.ts';

export interface MermaidOptions {
  readonly direction: Direction;
  /** Within a fenced block under a heading, as Markdown files want it. */
  readonly isMarkdown: boolean;
}

const colors = palettes.light;
const tones = ['good', 'bad', 'warning', 'active', 'muted'] as const;

// Boxes that are light on light and dark pages alike.
const classes: readonly (readonly [name: string, style: string])[] = [
  ...tones.map(
    (tone) => [tone, `fill:${colors[`${tone}-soft`]},stroke:${colors[tone]},color:${colors.ink}`] as const,
  ),
  ['plain', `fill:${colors.raised},stroke:${colors.faint},color:${colors.ink}`],
  ['critical', `stroke:${colors.critical},stroke-width:3px`],
];

/**
 * The graph as a Mermaid flow chart. Jobs are named n0, n1 … in it, in file order, so that ids may hold anything; what
 * Mermaid would read as markup in them is written as character references. Linear in the picture.
 */
export function renderMermaid(picture: Picture, { direction, isMarkdown }: MermaidOptions): string {
  const lines = [
    `flowchart ${direction === 'lr' ? 'LR' : 'TB'}`,
    ...groupLines(picture),
    ...picture.dependencies.map(edgeLine),
    ...criticalLinks(picture),
    ...classLines(picture),
  ];
  const chart = `${lines.join('\n')}\n`;
  if (!isMarkdown) return chart;
  const verdict =
    picture.run === undefined ? '' : `${escapeMarkdown(`${picture.run.name}: ${picture.run.verdict}`)}\n\n`;
  return `# ${escapeMarkdown(picture.title)}\n\n${verdict}\`\`\`mermaid\n${chart}\`\`\`\n`;
}

function groupLines({ jobs, groups }: Picture): string[] {
  const node = (k: number) => `n${k}["${labelOf(jobs[k]!)}"]`;
  const inGroup = (group: number) => [...jobs.keys()].filter((k) => jobs[k]!.group === group);
  return [
    ...inGroup(-1).map((k) => `  ${node(k)}`),
    ...groups.flatMap((name, group) => [
      `  subgraph g${group}["${escapeMermaid(name)}"]`,
      ...inGroup(group).map((k) => `    ${node(k)}`),
      '  end',
    ]),
  ];
}

function labelOf(job: PictureJob): string {
  const glyph = job.state === undefined ? '' : `${job.state.glyph} `;
  const duration = durationText(job);
  const second = [job.state?.tone === 'good' ? '' : (job.state?.word ?? ''), duration].filter(
    (text) => text !== '',
  );
  return `${glyph}${escapeMermaid(job.id)}${second.length === 0 ? '' : `<br/>${escapeMermaid(second.join(' · '))}`}`;
}

function edgeLine({ from, to, when, isCritical }: PictureDependency): string {
  if (when !== 'success') return `  n${from} -. ${when} .-> n${to}`;
  return `  n${from} ${isCritical ? '==>' : '-->'} n${to}`;
}

function criticalLinks({ dependencies }: Picture): string[] {
  const numbers = [...dependencies.keys()].filter((k) => dependencies[k]!.isCritical);
  return numbers.length === 0 ? [] : [`  linkStyle ${numbers.join(',')} stroke:#7a35c9,stroke-width:3px`];
}

function classLines({ jobs }: Picture): string[] {
  const members = new Map<string, number[]>();
  const add = (name: string, k: number) => members.set(name, [...(members.get(name) ?? []), k]);
  for (const [k, job] of jobs.entries()) {
    add(job.state?.tone ?? 'plain', k);
    if (job.isCritical) add('critical', k);
  }
  return classes.flatMap(([name, style]) => {
    const own = members.get(name);
    if (own === undefined) return [];
    return [`  classDef ${name} ${style}`, `  class ${own.map((k) => `n${k}`).join(',')} ${name}`];
  });
}

/** Everything but letters of any script, digits, spaces and a few harmless signs as character references. */
function escapeMermaid(text: string): string {
  return visibleText(text).replace(
    /[^\p{L}\p{M}\p{N} _.,:/·✓✗○■▶?~-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}

/** Underscores within words mean nothing in Markdown. */
function escapeMarkdown(text: string): string {
  return visibleText(text).replace(/[\\`*{}[\]<>#|!]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&');
}
