import {
  countOf,
  type Html,
  html,
  htmlPage,
  paletteDeclarations,
  palettes,
  statusLook,
  statusOrder,
  visibleText,
} from '@executioner/report';
import type { PageData } from '../page/pageData.ts';
import { embedded } from '../page/pageData.ts';
import type { Picture } from '../picture/picture.ts';
import { criticalText } from '../scene/legend.ts';
import type { PictureLayout } from '../scene/pictureLayout.ts';
import { pageScript } from './pageScript.generated.ts';
import { pageStyles } from './pageStyles.ts';
import type { Theme } from './svg.ts';

export interface PageSettings {
  readonly theme: Theme;
  readonly view: 'graph' | 'timeline';
  readonly version: string;
}

/**
 * The picture as one page that needs no network and no other file: to zoom, pan, search, filter and click. Linear in the
 * picture.
 */
export function renderPage(
  picture: Picture,
  places: PictureLayout,
  { theme, view, version }: PageSettings,
): string {
  const data: PageData = { picture, layout: embedded(places), theme, view };
  return htmlPage({
    title:
      picture.run === undefined
        ? picture.title
        : `${picture.title}, ${picture.run.name}: ${picture.run.verdict}`,
    body: body(picture, places),
    footer: `Made by executioner ${version}.`,
    styles: `${themeRules()}${pageStyles}`,
    script: { code: pageScript, data },
  });
}

/** The theme chosen in the page wins over that of the system. */
function themeRules(): string {
  return (['light', 'dark'] as const)
    .map(
      (name) =>
        `:root[data-theme=${name}] { color-scheme: ${name}; ${paletteDeclarations(palettes[name])} }\n`,
    )
    .join('');
}

function body(picture: Picture, places: PictureLayout): Html {
  return html`<header id="top">
<div class="names">
<h1>${visibleText(picture.title)}${verdict(picture)}</h1>
<p class="note">${subtitle(picture)}</p>
</div>
<div class="tools" role="toolbar" aria-label="View">
${views(picture)}
<button type="button" id="zoom-out" aria-label="Zoom out" title="Zoom out (-)">−</button>
<button type="button" id="zoom-in" aria-label="Zoom in" title="Zoom in (+)">+</button>
<button type="button" id="fit" title="Show all (0)">Fit</button>
<label class="hidden" for="theme">Colours</label>
<select id="theme"><option value="auto">Auto</option><option value="light">Light</option><option value="dark">Dark</option></select>
<button type="button" id="map-toggle" aria-pressed="true" title="Show or hide the map of a drawing that is larger than the screen (m)">Map</button>
<button type="button" id="sidebar-toggle" aria-expanded="true" aria-controls="sidebar">Jobs</button>
</div>
</header>
<div id="work">
<aside id="sidebar" aria-label="Search and filters">
<label for="search" class="hidden">Search ids, descriptions, commands and tags</label>
<input id="search" type="search" placeholder="Search  ( / )" autocomplete="off" spellcheck="false">
${statusFilters(picture)}
${tagFilter(picture)}
${criticalFilter(picture)}
${groupList(picture)}
<p id="count" class="note" role="status"></p>
<ul id="jobs" aria-label="Jobs"></ul>
</aside>
<div id="stage">
<canvas id="canvas" tabindex="0" role="img" aria-label="${ariaLabel(picture)}"></canvas>
<canvas id="map" tabindex="0" role="img" aria-label="Map of the whole drawing, with the part that is seen; arrow keys move it" hidden></canvas>
<div id="tooltip" hidden></div>
<p id="keys" class="note">${legend(picture, places)}</p>
</div>
<section id="details" aria-label="Details of the selected job" aria-live="polite" tabindex="-1" hidden></section>
</div>
<noscript><p>This page draws the graph with a script; it needs no network.</p></noscript>
<div id="sheet" aria-hidden="true"></div>`;
}

function verdict({ run }: Picture): Html | undefined {
  return run && html` <span class="badge ${run.tone}">${run.verdict}</span>`;
}

function subtitle({ run, jobs, dependencies, description }: Picture): string {
  const counts = `${countOf(jobs.length, 'job')}, ${countOf(dependencies.length, 'dependency', 'dependencies')}`;
  if (run === undefined) return [counts, description].filter((text) => text !== '').join(' · ');
  const facts = run.facts.filter(([term]) => term !== 'configuration' && term !== 'host');
  return [run.name, ...facts.map(([term, value]) => `${term} ${value}`), counts].join(' · ');
}

function views({ run }: Picture): Html | undefined {
  if (run === undefined) return undefined;
  return html`<span id="views" role="group" aria-label="What is shown"><button type="button" data-view="graph" aria-pressed="true">Graph</button><button type="button" data-view="timeline" aria-pressed="false">Timeline</button></span>`;
}

function statusFilters({ jobs }: Picture): Html | undefined {
  const counts = new Map<string, { count: number; glyph: string; tone: string }>();
  for (const { state } of jobs) {
    if (state === undefined) continue;
    const entry = counts.get(state.word);
    if (entry === undefined) counts.set(state.word, { count: 1, glyph: state.glyph, tone: state.tone });
    else entry.count++;
  }
  if (counts.size === 0) return undefined;
  const order = statusOrder.map((status) => statusLook(status).word);
  const sorted = [...counts].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return html`<fieldset id="statuses"><legend>Status</legend>${sorted.map(
    ([word, { count, glyph, tone }]) =>
      html`<label class="chip"><input type="checkbox" value="${word}"><span class="${tone}" aria-hidden="true">${glyph}</span> ${word} <span class="note">${count}</span></label>`,
  )}</fieldset>`;
}

function tagFilter({ jobs }: Picture): Html | undefined {
  const tags = [...new Set(jobs.flatMap((job) => job.tags))].sort();
  if (tags.length === 0) return undefined;
  return html`<label class="row" for="tag">Tag <select id="tag"><option value="">all</option>${tags.map((tag) => html`<option value="${tag}">${visibleText(tag)}</option>`)}</select></label>`;
}

function criticalFilter({ critical }: Picture): Html | undefined {
  if (critical.path.length === 0) return undefined;
  return html`<label class="row"><input type="checkbox" id="critical-only"> <span class="critical">${criticalText(critical)}</span></label>`;
}

function groupList({ groups, groupBy }: Picture): Html | undefined {
  if (groups.length === 0) return undefined;
  return html`<details id="groups" open><summary>Groups by ${groupBy}</summary><button type="button" id="collapse-all">Collapse or expand all</button>${groups.map(
    (name, group) =>
      html`<button type="button" data-group="${group}" aria-expanded="true">${visibleText(name)}</button>`,
  )}</details>`;
}

function ariaLabel(picture: Picture): string {
  const critical = picture.critical.path.length === 0 ? '' : ` ${criticalText(picture.critical)}.`;
  return `Graph of ${countOf(picture.jobs.length, 'job')}.${critical} Arrow keys go from job to job after Home; the list of jobs beside says the same in words.`;
}

function legend({ critical, dependencies }: Picture, { frames }: PictureLayout): Html {
  const used = new Set(dependencies.map(({ when }) => when));
  const lines = [
    ...(critical.path.length === 0
      ? []
      : [html`<span class="critical">━ ${criticalText(critical)}</span> · `]),
    ...(used.has('failure') ? [html`<span class="bad">╌ after a failure</span> · `] : []),
    ...(used.has('always') ? [html`┈ after any end · `] : []),
    ...(frames.some(({ isExact }) => !isExact)
      ? [html`frames hold jobs of one kind: click one for its own lines · `]
      : []),
  ];
  return html`${lines}drag to move, wheel to zoom, click a job for details · keys: / search, + − 0 zoom, m map, Home and arrows from job to job`;
}
