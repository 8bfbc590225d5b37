import { palettes, visibleText } from '@executioner/report';
import type { Picture, PictureDependency, PictureJob } from '../picture/picture.ts';
import type { Direction } from '../scene/direction.ts';
import { durationText, jobTitle } from '../scene/jobBox.ts';

const colors = palettes.light;

/** The graph in the DOT language of Graphviz; nodes bear the ids of the jobs. Linear in the picture. */
export function renderDot(picture: Picture, { direction }: { readonly direction: Direction }): string {
  const { jobs, dependencies } = picture;
  return `${[
    `digraph ${quoted(picture.title)} {`,
    `  graph [rankdir=${direction === 'lr' ? 'LR' : 'TB'}, fontname="Helvetica", label=${quoted(labelOfGraph(picture))}, labelloc=t]`,
    `  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11, color="${colors.line}", fillcolor="${colors.raised}", fontcolor="${colors.ink}"]`,
    `  edge [color="${colors.muted}", arrowsize=0.7]`,
    ...nodeLines(picture),
    ...dependencies.map((dependency) => edgeLine(dependency, jobs)),
    '}',
  ].join('\n')}\n`;
}

function labelOfGraph({ title, run }: Picture): string {
  return run === undefined ? title : `${title}, ${run.name}: ${run.verdict}`;
}

function nodeLines({ jobs, groups }: Picture): string[] {
  const inGroup = (group: number) => jobs.filter((job) => job.group === group);
  return [
    ...inGroup(-1).map((job) => `  ${nodeLine(job)}`),
    ...groups.flatMap((name, group) => [
      `  subgraph cluster_${group} {`,
      `    label=${quoted(name)}; color="${colors.muted}"; style="dashed,rounded"`,
      ...inGroup(group).map((job) => `    ${nodeLine(job)}`),
      '  }',
    ]),
  ];
}

function nodeLine(job: PictureJob): string {
  const { state } = job;
  const first = state === undefined ? visibleText(job.id) : `${state.glyph} ${visibleText(job.id)}`;
  const second = [state?.tone === 'good' ? '' : (state?.word ?? ''), durationText(job)].filter(
    (text) => text !== '',
  );
  const label = second.length === 0 ? first : `${first}\n${second.join(' · ')}`;
  const attributes = [`label=${quoted(label)}`, `tooltip=${quoted(jobTitle(job))}`];
  if (state !== undefined)
    attributes.push(`fillcolor="${colors[`${state.tone}-soft`]}"`, `color="${colors[state.tone]}"`);
  if (job.isCritical) attributes.push(`color="${colors.critical}"`, 'penwidth=2');
  return `${quoted(job.id)} [${attributes.join(', ')}]`;
}

function edgeLine({ from, to, when, isCritical }: PictureDependency, jobs: readonly PictureJob[]): string {
  const attributes: string[] = [];
  if (when === 'failure') attributes.push('style=dashed', `color="${colors.bad}"`);
  if (when === 'always') attributes.push('style=dotted');
  if (isCritical) attributes.push(`color="${colors.critical}"`, 'penwidth=2.5');
  const end = attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`;
  return `  ${quoted(jobs[from]!.id)} -> ${quoted(jobs[to]!.id)}${end}`;
}

/**
 * A quoted string. Backslashes are doubled, since labels read `\n`, `\N`, `\G` and others as something else; a line break is
 * that escape; references such as `&amp;` would be decoded, so ampersands become references themselves. DOT knows no
 * way to write NUL.
 */
function quoted(text: string): string {
  const escaped = text
    .replaceAll('\u0000', '\ufffd')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/\r\n|\n|\r/g, '\\n');
  return `"${escaped}"`;
}
