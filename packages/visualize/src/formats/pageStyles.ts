/** What the page of a picture has beside the styles of all reports: a toolbar, a side bar, the canvas, details. */
export const pageStyles = `
body { max-width: none; margin: 0; padding: 0; height: 100vh; overflow: hidden; }
main { display: flex; flex-direction: column; height: 100vh; }
footer { display: none; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
#top { display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; align-items: center; padding: 0.55rem 1rem; border-bottom: 1px solid var(--line); }
#top .names { flex: 1 1 20rem; min-width: 0; }
#top h1 { font-size: 1.15rem; margin: 0; }
#top p { margin: 0; }
.tools { display: flex; flex-wrap: wrap; gap: 0.35rem; align-items: center; }
button, select, input[type=search] { font: inherit; color: var(--ink); background: var(--raised); border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.22rem 0.65rem; }
button { cursor: pointer; }
button:hover { border-color: var(--faint); }
button:disabled { opacity: 0.5; cursor: default; }
:focus-visible { outline: 2px solid var(--active); outline-offset: 1px; }
[aria-pressed=true] { background: var(--active-soft); border-color: var(--active); color: var(--active); font-weight: 600; }
#views button:first-child { border-radius: 0.4rem 0 0 0.4rem; } #views button:last-child { border-radius: 0 0.4rem 0.4rem 0; border-left: 0; }
#work { display: flex; flex: 1; min-height: 0; }
#sidebar { display: flex; flex-direction: column; gap: 0.5rem; width: 17rem; padding: 0.7rem; border-right: 1px solid var(--line); min-height: 0; overflow: auto; }
.no-sidebar #sidebar { display: none; }
#search { width: 100%; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.3rem; }
legend { padding: 0; color: var(--faint); font-size: 0.87rem; margin-bottom: 0.2rem; }
.chip { border: 1px solid var(--line); border-radius: 1rem; padding: 0.05rem 0.6rem 0.05rem 0.4rem; font-size: 0.87rem; cursor: pointer; display: inline-flex; gap: 0.3em; align-items: center; }
.chip:has(:checked) { border-color: var(--active); background: var(--active-soft); }
.chip input { margin: 0; }
.row { display: flex; gap: 0.5em; align-items: center; font-size: 0.87rem; }
.critical { color: var(--critical); font-weight: 600; }
#groups { font-size: 0.87rem; } #groups button { display: block; width: 100%; text-align: left; margin-top: 0.25rem; overflow-wrap: anywhere; }
#groups button[aria-expanded=true]::before { content: "▾ "; } #groups button[aria-expanded=false]::before { content: "▸ "; }
#count { margin: 0; }
#jobs { list-style: none; margin: 0; padding: 0; flex: 1 0 8rem; }
#jobs button { display: flex; gap: 0.45em; width: 100%; text-align: left; background: none; border-color: transparent; padding: 0.12rem 0.35rem; font-size: 0.87rem; }
#jobs button:hover { background: var(--raised); }
#jobs button[aria-current] { background: var(--active-soft); }
#jobs .id { flex: 1; display: flex; min-width: 0; white-space: pre; overflow: hidden; } #jobs .head { min-width: 0; overflow: hidden; text-overflow: ellipsis; }
#jobs .took { color: var(--faint); font-variant-numeric: tabular-nums; white-space: nowrap; }
#jobs .glyph { font-weight: 700; }
#jobs .more { color: var(--active); justify-content: center; }
#stage { position: relative; flex: 1; min-width: 0; min-height: 0; }
#canvas { display: block; width: 100%; height: 100%; touch-action: none; cursor: grab; }
#canvas:focus-visible { outline-offset: -2px; }
#map { position: absolute; right: 0.7rem; top: 0.7rem; border: 1px solid var(--faint); border-radius: 0.3rem; box-shadow: 0 1px 6px rgb(0 0 0 / 0.2); touch-action: none; cursor: move; }
#map[hidden] { display: none; }
#keys { position: absolute; left: 0.7rem; bottom: 0.4rem; margin: 0; padding: 0.1rem 0.5rem; background: color-mix(in srgb, var(--paper) 86%, transparent); border-radius: 0.3rem; pointer-events: none; }
#tooltip { position: absolute; max-width: 24rem; padding: 0.25rem 0.6rem; border: 1px solid var(--line); border-radius: 0.4rem; background: var(--paper); box-shadow: 0 2px 8px rgb(0 0 0 / 0.2); font-size: 0.87rem; pointer-events: none; overflow-wrap: anywhere; }
#tooltip[hidden] { display: none; }
#details { width: 24rem; max-width: 45vw; padding: 0.9rem 1rem; border-left: 1px solid var(--line); overflow: auto; }
#details[hidden] { display: none; }
#details h2 { margin: 0 0 0.4rem; overflow-wrap: anywhere; }
#details h3 { font-size: 0.87rem; color: var(--faint); font-weight: 600; margin: 1rem 0 0.25rem; }
#details p { margin: 0.2rem 0; }
#details .description { overflow-wrap: anywhere; }
#details pre { margin: 0; padding: 0.5rem 0.6rem; background: var(--raised); border: 1px solid var(--line); border-radius: 0.4rem; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; max-height: 16rem; overflow: auto; }
#details ul { margin: 0; padding: 0; list-style: none; font-size: 0.9rem; overflow-wrap: anywhere; }
#details .links li { margin: 0.15rem 0; } #details .links button { text-align: left; overflow-wrap: anywhere; }
#sheet { display: none; }
@media (max-width: 48rem) {
  #sidebar { position: absolute; z-index: 2; background: var(--paper); max-height: 60vh; }
  #details { position: absolute; z-index: 3; right: 0; bottom: 0; width: 100%; max-width: none; max-height: 50vh; background: var(--paper); border-top: 1px solid var(--line); }
  #keys, #map, #map-toggle { display: none; }
}
@media print {
  body, main { height: auto; overflow: visible; display: block; }
  #top, #work { display: none; }
  #sheet { display: block; } #sheet svg { width: 100%; height: auto; max-height: 96vh; }
  @page { size: landscape; margin: 10mm; }
}
`;
