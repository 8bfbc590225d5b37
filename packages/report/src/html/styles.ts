import { paletteDeclarations, palettes } from '../look/index.ts';

/** The style sheet of every page: light and dark by the reader's setting, and black on white on paper. */
export const styleSheet = `
:root { color-scheme: light dark; ${paletteDeclarations(palettes.light)} }
@media (prefers-color-scheme: dark) { :root { ${paletteDeclarations(palettes.dark)} } }
@media print { :root { ${paletteDeclarations(palettes.print)} } }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem clamp(0.75rem, 3vw, 2.5rem) 3rem; max-width: 84rem;
  background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 0.5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.6rem; }
h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
.badge { display: inline-block; padding: 0 0.6em; border-radius: 1em; font-size: 0.95rem; font-weight: 600; line-height: 1.7; vertical-align: 0.1em; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .warning { color: var(--warning); }
.active { color: var(--active); } .muted { color: var(--muted); }
.badge.good { background: var(--good-soft); } .badge.bad { background: var(--bad-soft); }
.badge.warning { background: var(--warning-soft); } .badge.active { background: var(--active-soft); }
.badge.muted { background: var(--muted-soft); }
.facts { display: flex; flex-wrap: wrap; gap: 0.1rem 1.4rem; margin: 0.3rem 0 0; color: var(--faint); }
.facts div { display: flex; gap: 0.4em; }
.facts dt { margin: 0; } .facts dd { margin: 0; color: var(--ink); overflow-wrap: anywhere; }
.counts { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 1.2rem 0 0; padding: 0; list-style: none; }
.counts li { padding: 0.35rem 0.8rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--raised); }
.counts strong { font-size: 1.15rem; font-variant-numeric: tabular-nums; margin-right: 0.25em; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--faint); padding-bottom: 0.4rem; }
th, td { padding: 0.3rem 0.8rem 0.3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { color: var(--faint); font-weight: 500; white-space: nowrap; }
tbody th { font-weight: 500; overflow-wrap: anywhere; min-width: 8rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.status { white-space: nowrap; }
.note { color: var(--faint); font-size: 0.87rem; overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0.2rem; }
.job { border: 1px solid var(--line); border-left: 4px solid currentColor; border-radius: 0.4rem; padding: 0.6rem 0.9rem; margin: 0 0 0.7rem; break-inside: avoid; }
.job > * { color: var(--ink); }
.job p { margin: 0.1rem 0 0; color: var(--faint); }
.job ul { margin: 0.4rem 0 0; padding-left: 1.2rem; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.87rem; overflow-wrap: anywhere; }
.timeline { display: grid; grid-template-columns: auto 1fr; gap: 0 0.6rem; align-items: start; }
.timeline svg { display: block; width: 100%; overflow: visible; }
.timeline .lanes { color: var(--faint); font-size: 12px; text-align: right; font-variant-numeric: tabular-nums; }
.timeline .lanes span { display: block; height: 24px; line-height: 22px; }
.chart { display: grid; grid-template-columns: auto 1fr; gap: 0 0.6rem; margin: 0.4rem 0 1rem; }
.chart svg { display: block; width: 100%; overflow: visible; }
.chart .axis-labels { position: relative; min-width: 4.2em; color: var(--faint); font-size: 12px; font-variant-numeric: tabular-nums; }
.chart .axis-labels span { position: absolute; right: 0; transform: translateY(-50%); white-space: nowrap; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); gap: 0.5rem 2rem; }
.charts section { break-inside: avoid; min-width: 0; }
.mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.87rem; }
pre.excerpt { margin: 0.4rem 0 0.2rem; padding: 0.5rem 0.7rem; background: var(--raised); border-radius: 0.3rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.excerpt mark { background: var(--bad-soft); color: inherit; }
ul.plain { list-style: none; margin: 0.3rem 0; padding: 0; } ul.plain li { padding: 0.2rem 0; overflow-wrap: anywhere; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--ink); }
svg .axis { fill: var(--faint); } svg .grid { stroke: var(--line); }
svg .bar-good { fill: var(--good-soft); stroke: var(--good); } svg .bar-bad { fill: var(--bad-soft); stroke: var(--bad); }
svg .bar-warning { fill: var(--warning-soft); stroke: var(--warning); } svg .bar-active { fill: var(--active-soft); stroke: var(--active); }
svg .dot-good { fill: var(--good); } svg .dot-bad { fill: var(--bad); } svg .dot-warning { fill: var(--warning); }
svg .dot-active { fill: var(--active); } svg .dot-muted { fill: var(--muted); }
svg .level { stroke-width: 2; } svg .level-good { stroke: var(--good); } svg .level-bad { stroke: var(--bad); }
svg .level-warning { stroke: var(--warning); } svg .level-active { stroke: var(--active); } svg .level-muted { stroke: var(--muted); }
svg .bar-muted { fill: var(--muted-soft); stroke: var(--muted); }
section > ul, section > ol { margin: 0.4rem 0; padding-left: 1.4rem; } section > p { margin: 0.4rem 0; }
pre { margin: 0.4rem 0; padding: 0.6rem 0.8rem; border: 1px solid var(--line); border-radius: 0.4rem; background: var(--raised); overflow-x: auto; font: 0.87rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre.command { display: inline-block; max-width: 100%; margin: 0.2rem 0 0.5rem; padding: 0.2rem 0.7rem; vertical-align: top; }
.fitted td, .fitted th { min-width: 0; } .fitted .wide { width: 100%; min-width: 13rem; overflow-wrap: anywhere; }
.fitted .wraps { min-width: 10rem; overflow-wrap: anywhere; } .fitted td:not(.wide):not(.wraps) { white-space: nowrap; }
.compact { width: auto; } .compact td, .compact th { padding-right: 1.6rem; }
.steps li { margin-bottom: 0.2rem; } .steps li > pre { display: block; width: fit-content; }
details { margin: 0.6rem 0; } summary { cursor: pointer; color: var(--active); }
@media (max-width: 36rem) {
  table { font-size: 0.87rem; } th, td { padding-right: 0.5rem; } tbody th { min-width: 6rem; }
  thead th { white-space: normal; } .fitted .wide { min-width: 9rem; } .fitted .wraps { min-width: 6rem; }
  .fitted td:not(.wide):not(.wraps):not(.number) { white-space: normal; min-width: 5rem; }
}
footer { margin-top: 2.5rem; color: var(--faint); font-size: 0.87rem; }
@media print {
  body { padding: 0; max-width: none; font-size: 10pt; }
  * { print-color-adjust: exact; }
  thead { display: table-header-group; } tr { break-inside: avoid; } .scroll { overflow: visible; }
}
`;
