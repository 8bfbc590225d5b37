/// <reference lib="dom" />
import { formatDuration, visibleText } from '@executioner/report';
import type { Picture, PictureJob } from '../picture/picture.ts';
import { element, make } from './element.ts';

const linksMax = 200;

/** Shows all that is known of a job beside the drawing; nothing for undefined. */
export function showDetails(
  picture: Picture,
  number: number | undefined,
  onChoose: (job: number) => void,
): void {
  const panel = element('details', HTMLElement);
  panel.hidden = number === undefined;
  document.body.classList.toggle('has-details', number !== undefined);
  if (number === undefined) {
    panel.replaceChildren();
    return;
  }
  const job = picture.jobs[number]!;
  const link = (other: number) =>
    make(
      'li',
      {},
      make('button', { text: visibleText(picture.jobs[other]!.id), onClick: () => onChoose(other) }),
    );
  const before = picture.dependencies.filter(({ to }) => to === number);
  const after = picture.dependencies.filter(({ from }) => from === number);
  panel.replaceChildren(
    make('h2', { text: visibleText(job.id) }),
    ...statusLine(job),
    ...(job.description === '' ? [] : [make('p', { text: job.description, className: 'description' })]),
    ...factList(job),
    ...section('Tries', job.state?.lines.map((text) => make('li', { text })) ?? [], 'lines'),
    ...(job.command === ''
      ? []
      : [make('h3', { text: 'Command' }), scrollable(make('pre', { text: job.command }), 'Command')]),
    ...logSection(job),
    ...section(
      `Waits for (${before.length})`,
      before.slice(0, linksMax).map(({ from, when }) => withCondition(link(from), when)),
      'links',
    ),
    ...section(
      `Waited for by (${after.length})`,
      after.slice(0, linksMax).map(({ to, when }) => withCondition(link(to), when)),
      'links',
    ),
    ...section(
      'Settings',
      job.facts.map((text) => make('li', { text })),
      'facts-list',
    ),
  );
  panel.scrollTop = 0;
}

function statusLine({ state }: PictureJob): Node[] {
  if (state === undefined) return [];
  const badge = make('span', { text: `${state.glyph} ${state.word}`, className: `badge ${state.tone}` });
  return [
    make(
      'p',
      {},
      badge,
      ...(state.note === '' ? [] : [make('span', { text: ` ${state.note}`, className: 'note' })]),
    ),
  ];
}

function factList({ state, estimateMs, slackMs, isCritical, tags }: PictureJob): Node[] {
  const facts: [string, string][] = [];
  if (state?.startMs !== undefined) facts.push(['started', `+${formatDuration(state.startMs)}`]);
  if (state?.durationMs !== undefined) facts.push(['took', formatDuration(state.durationMs)]);
  if (state !== undefined && state.tries > 0) facts.push(['tries', String(state.tries)]);
  if (state !== undefined && state.exit !== '') facts.push(['exit', state.exit]);
  if (estimateMs !== undefined) facts.push(['estimated', formatDuration(estimateMs)]);
  if (isCritical) facts.push(['critical', 'yes, it delays the end']);
  else if (slackMs !== undefined) facts.push(['slack', formatDuration(slackMs)]);
  if (tags.length > 0) facts.push(['tags', tags.join(', ')]);
  if (facts.length === 0) return [];
  return [
    make(
      'dl',
      { className: 'facts' },
      ...facts.map(([term, value]) =>
        make('div', {}, make('dt', { text: term }), make('dd', { text: value })),
      ),
    ),
  ];
}

function logSection({ state }: PictureJob): Node[] {
  if (state?.log === undefined) return [];
  return [
    make('h3', { text: 'End of its log' }),
    scrollable(make('pre', { text: state.log.join('\n'), className: 'log' }), 'End of its log'),
  ];
}

function section(title: string, items: readonly Node[], className: string): Node[] {
  return items.length === 0 ? [] : [make('h3', { text: title }), make('ul', { className }, ...items)];
}

function withCondition(item: HTMLLIElement, when: string): HTMLLIElement {
  if (when !== 'success')
    item.append(
      make('span', { text: when === 'failure' ? ' if it fails' : ' in any case', className: 'note' }),
    );
  return item;
}

/** What may be wider than the panel can be reached by keyboard. */
function scrollable(pre: HTMLPreElement, label: string): HTMLPreElement {
  pre.tabIndex = 0;
  pre.setAttribute('role', 'region');
  pre.setAttribute('aria-label', label);
  return pre;
}
