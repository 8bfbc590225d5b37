/// <reference lib="dom" />
import { countOf, formatCount } from '@executioner/report';
import type { Picture } from '../picture/picture.ts';
import { durationText, jobTitle } from '../scene/jobBox.ts';
import { element, make } from './element.ts';

export interface FilterHandlers {
  onChange(): void;
  onChoose(job: number): void;
}

const listedAtOnce = 100;
/** So many characters at the end of an id are always shown in the list. */
const tailLength = 16;

/** Search, filters by status and tag, and the list of the jobs that match. */
export class Filters {
  /** 1 for each job that matches; undefined when nothing is asked for. */
  matches: Uint8Array | undefined;
  private readonly picture: Picture;
  private readonly handlers: FilterHandlers;
  private readonly texts: readonly string[];
  private readonly search = element('search', HTMLInputElement);
  private readonly list = element('jobs', HTMLUListElement);
  private readonly count = element('count', HTMLParagraphElement);
  private readonly statuses = new Set<string>();
  private listed = listedAtOnce;
  private marked: number | undefined;

  constructor(picture: Picture, handlers: FilterHandlers) {
    this.picture = picture;
    this.handlers = handlers;
    this.texts = picture.jobs.map(({ id, description, command, tags }) =>
      [id, description, command, ...tags].join('\n').toLowerCase(),
    );
    this.search.addEventListener('input', () => this.changed());
    this.search.addEventListener('keydown', (event) => {
      const first = this.matching()[0];
      if (event.key === 'Enter' && first !== undefined) handlers.onChoose(first);
    });
    for (const box of document.querySelectorAll<HTMLInputElement>('#statuses input')) {
      box.addEventListener('change', () => {
        if (box.checked) this.statuses.add(box.value);
        else this.statuses.delete(box.value);
        this.changed();
      });
    }
    document.getElementById('tag')?.addEventListener('change', () => this.changed());
    document.getElementById('critical-only')?.addEventListener('change', () => this.changed());
    this.showList();
  }

  titleOf(job: number): string {
    return jobTitle(this.picture.jobs[job]!);
  }

  clear(): void {
    this.search.value = '';
    this.changed();
  }

  /** Marks the job in the list that is shown in detail. */
  mark(job: number | undefined): void {
    this.marked = job;
    for (const button of this.list.querySelectorAll('button')) {
      if (button.dataset.job === String(job)) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
  }

  private changed(): void {
    const words = this.search.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const tag = (document.getElementById('tag') as HTMLSelectElement | null)?.value ?? '';
    const isCritical =
      (document.getElementById('critical-only') as HTMLInputElement | null)?.checked === true;
    const isAsked = words.length > 0 || tag !== '' || this.statuses.size > 0 || isCritical;
    this.matches = isAsked
      ? Uint8Array.from(this.picture.jobs, (job, number) =>
          words.every((word) => this.texts[number]!.includes(word)) &&
          (tag === '' || job.tags.includes(tag)) &&
          (this.statuses.size === 0 || this.statuses.has(job.state?.word ?? '')) &&
          (!isCritical || job.isCritical)
            ? 1
            : 0,
        )
      : undefined;
    this.listed = listedAtOnce;
    this.showList();
    this.handlers.onChange();
  }

  private matching(): number[] {
    const all = [...this.picture.jobs.keys()];
    return this.matches === undefined ? all : all.filter((job) => this.matches![job] === 1);
  }

  private showList(): void {
    const matching = this.matching();
    this.count.textContent =
      this.matches === undefined
        ? countOf(matching.length, 'job')
        : `${formatCount(matching.length)} of ${countOf(this.picture.jobs.length, 'job')}`;
    this.list.replaceChildren(...matching.slice(0, this.listed).map((job) => this.entry(job)));
    if (matching.length <= this.listed) return;
    const more = make('button', {
      text: `show more (${formatCount(matching.length - this.listed)})`,
      className: 'more',
      onClick: () => {
        this.listed += 10 * listedAtOnce;
        this.showList();
      },
    });
    this.list.append(make('li', {}, more));
  }

  private entry(job: number): HTMLLIElement {
    const { id, state } = this.picture.jobs[job]!;
    const button = make('button', { onClick: () => this.handlers.onChoose(job) });
    button.type = 'button';
    button.dataset.job = String(job);
    if (state !== undefined) {
      const glyph = make('span', { text: state.glyph, className: `glyph ${state.tone}` });
      glyph.setAttribute('aria-hidden', 'true');
      button.append(glyph, make('span', { text: `${state.word}: `, className: 'hidden' }));
    }
    button.append(
      idElement(id),
      make('span', { text: durationText(this.picture.jobs[job]!), className: 'took' }),
    );
    if (job === this.marked) button.setAttribute('aria-current', 'true');
    return make('li', {}, button);
  }
}

/** Of a long id the middle is cut: many begin alike and differ at their ends. */
function idElement(id: string): HTMLElement {
  const characters = [...id];
  const head = characters.slice(0, -tailLength).join('');
  return make(
    'span',
    { className: 'id' },
    make('span', { text: head, className: 'head' }),
    make('span', { text: characters.slice(-tailLength).join('') }),
  );
}
