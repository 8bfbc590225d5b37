/// <reference lib="dom" />
import type { Picture } from '../picture/picture.ts';
import { layoutPicture } from '../scene/pictureLayout.ts';
import { type CollapsedPicture, collapse } from './collapse.ts';
import { showDetails } from './details.ts';
import type { Drawing } from './drawing.ts';
import { element } from './element.ts';
import { Filters } from './filters.ts';
import { GraphDrawing } from './graphDrawing.ts';
import { Minimap } from './minimap.ts';
import { neighbourOf } from './neighbours.ts';
import { type PageData, unpacked } from './pageData.ts';
import { currentPalette, onSystemTheme, type ThemeChoice } from './palette.ts';
import { preparePrinting } from './printing.ts';
import { Screen } from './screen.ts';
import { TimelineDrawing } from './timelineDrawing.ts';

const data = JSON.parse(document.getElementById('data')!.textContent!) as PageData;
const picture: Picture = data.picture;
const wholeLayout = unpacked(data.layout);

let theme: ThemeChoice = data.theme;
let view = data.view;
let selected: number | undefined;
const collapsed = new Set<number>();
let shown: CollapsedPicture = { picture, originOf: [...picture.jobs.keys()] };
let shownLayout = wholeLayout;
let drawing: Drawing = makeDrawing();

const canvas = element('canvas', HTMLCanvasElement);
const mapCanvas = element('map', HTMLCanvasElement);
const mapToggle = element('map-toggle', HTMLButtonElement);
const minimap = new Minimap(mapCanvas, {
  onMove: (x, y) => screen.centre(x, y),
  onNeed: (isNeeded) => {
    mapToggle.disabled = !isNeeded;
  },
});
const screen = new Screen(canvas, { tap, hover: tooltip, moved: (seen) => minimap.moved(seen) });
const filters = new Filters(picture, { onChange: refresh, onChoose: (job) => select(job, true) });

show();
screen.open();
setTheme(theme);
setView(view);
refresh();
connect();
if (matchMedia('(max-width: 48rem)').matches) toggleSidebar();
preparePrinting(() => ({ picture: shown.picture, layout: shownLayout, view }));

function makeDrawing(): Drawing {
  return view === 'timeline' ? new TimelineDrawing(picture) : new GraphDrawing(shown.picture, shownLayout);
}

/** The number in what is drawn of a job of the whole picture; its group's box if that is collapsed. */
function drawnNumber(job: number | undefined): number | undefined {
  if (job === undefined || view === 'timeline') return job;
  const direct = shown.originOf.indexOf(job);
  if (direct !== -1) return direct;
  const box = shown.originOf.indexOf(-1 - picture.jobs[job]!.group);
  return box === -1 ? undefined : box;
}

/** Draws anew what search, filters, selection and theme say. */
function refresh(): void {
  const matches = filters.matches;
  const drawn =
    matches === undefined || view === 'timeline'
      ? matches
      : Uint8Array.from(shown.originOf, (origin) =>
          origin >= 0
            ? matches[origin]!
            : picture.jobs.some(({ group }, job) => group === -1 - origin && matches[job] === 1)
              ? 1
              : 0,
        );
  const update = {
    palette: currentPalette(theme),
    emphasis: { matches: drawn, selected: drawnNumber(selected) },
  };
  screen.update(update);
  minimap.update(update);
}

function show(): void {
  screen.show(drawing);
  minimap.show(drawing);
}

function select(job: number | undefined, isMoving: boolean): void {
  selected = job;
  showDetails(picture, job, (next) => select(next, true));
  filters.mark(job);
  refresh();
  const drawn = drawnNumber(job);
  if (isMoving && drawn !== undefined) screen.reveal(drawn);
}

function tap(x: number, y: number): void {
  const group = drawing.groupAt(x, y);
  if (group !== undefined) {
    toggleGroup(group);
    return;
  }
  const drawn = drawing.jobAt(x, y);
  const origin = drawn === undefined || view === 'timeline' ? drawn : shown.originOf[drawn];
  if (origin !== undefined && origin < 0) toggleGroup(-1 - origin);
  else select(origin, false);
}

function tooltip(job: number | undefined): string {
  if (job === undefined) return '';
  const origin = view === 'timeline' ? job : shown.originOf[job]!;
  return origin < 0 ? `${picture.groups[-1 - origin]}: click to expand` : filters.titleOf(origin);
}

function toggleGroup(group: number): void {
  if (collapsed.has(group)) collapsed.delete(group);
  else collapsed.add(group);
  regroup();
}

/** Lays out what is shown anew, collapsed groups as one box each. */
function regroup(): void {
  shown =
    collapsed.size === 0 ? { picture, originOf: [...picture.jobs.keys()] } : collapse(picture, collapsed);
  shownLayout = collapsed.size === 0 ? wholeLayout : layoutPicture(shown.picture, wholeLayout);
  for (const button of document.querySelectorAll<HTMLButtonElement>('#groups button[data-group]')) {
    button.setAttribute('aria-expanded', String(!collapsed.has(Number(button.dataset.group))));
  }
  redraw();
  screen.open();
}

function redraw(): void {
  drawing = makeDrawing();
  show();
  refresh();
}

function setTheme(choice: ThemeChoice): void {
  theme = choice;
  if (choice === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  element('theme', HTMLSelectElement).value = choice;
  refresh();
}

function setView(next: PageData['view']): void {
  view = next;
  for (const button of document.querySelectorAll<HTMLButtonElement>('#views button')) {
    button.setAttribute('aria-pressed', String(button.dataset.view === next));
  }
  redraw();
  screen.open();
}

function connect(): void {
  element('theme', HTMLSelectElement).addEventListener('change', (event) =>
    setTheme((event.target as HTMLSelectElement).value as ThemeChoice),
  );
  for (const button of document.querySelectorAll<HTMLButtonElement>('#views button')) {
    button.addEventListener('click', () => setView(button.dataset.view as PageData['view']));
  }
  element('zoom-in', HTMLButtonElement).addEventListener('click', () => screen.zoom(1.4));
  element('zoom-out', HTMLButtonElement).addEventListener('click', () => screen.zoom(1 / 1.4));
  element('fit', HTMLButtonElement).addEventListener('click', () => screen.fit());
  element('sidebar-toggle', HTMLButtonElement).addEventListener('click', toggleSidebar);
  mapToggle.addEventListener('click', toggleMap);
  for (const button of document.querySelectorAll<HTMLButtonElement>('#groups button[data-group]')) {
    button.addEventListener('click', () => toggleGroup(Number(button.dataset.group)));
  }
  document.getElementById('collapse-all')?.addEventListener('click', () => {
    const areAll = collapsed.size === picture.groups.length;
    collapsed.clear();
    if (!areAll) for (const group of picture.groups.keys()) collapsed.add(group);
    regroup();
  });
  document.addEventListener('keydown', key);
  onSystemTheme(refresh);
}

function toggleSidebar(): void {
  const isHidden = document.body.classList.toggle('no-sidebar');
  element('sidebar-toggle', HTMLButtonElement).setAttribute('aria-expanded', String(!isHidden));
}

function toggleMap(): void {
  mapToggle.setAttribute('aria-pressed', String(minimap.toggle()));
  // It may have had the focus.
  if (mapCanvas.hidden) canvas.focus();
}

function key(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  if (event.key === 'Escape') {
    if (target instanceof HTMLInputElement) filters.clear();
    else select(undefined, false);
    canvas.focus();
    return;
  }
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
  if (event.key === '/') {
    event.preventDefault();
    element('search', HTMLInputElement).focus();
    return;
  }
  if (target !== canvas && target !== mapCanvas && target !== document.body) return;
  if (runKey(event, target)) event.preventDefault();
}

const panStep = 60;
const panKeys: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [panStep, 0],
  ArrowRight: [-panStep, 0],
  ArrowUp: [0, panStep],
  ArrowDown: [0, -panStep],
};

/** Whether the key means something. Arrows go from job to job once one is selected, and with Shift or on the map move the picture. */
function runKey(event: KeyboardEvent, target: HTMLElement): boolean {
  switch (event.key) {
    case '+':
    case '=':
      screen.zoom(1.4);
      return true;
    case '-':
      screen.zoom(1 / 1.4);
      return true;
    case '0':
      screen.fit();
      return true;
    case 'm':
      toggleMap();
      return true;
    case 'Home':
      if (picture.jobs.length > 0) select(0, true);
      return true;
    default: {
      const step = panKeys[event.key];
      if (step === undefined) return false;
      if (selected === undefined || event.shiftKey || target === mapCanvas) screen.pan(...step);
      else select(neighbourOf(picture, wholeLayout, selected, event.key) ?? selected, true);
      return true;
    }
  }
}
