export { visualizeCommand } from './command/index.ts';
export { renderDot } from './formats/dot.ts';
export { renderGantt } from './formats/gantt.ts';
export { renderPage } from './formats/html.ts';
export { renderJson } from './formats/json.ts';
export { type MermaidOptions, renderMermaid } from './formats/mermaid.ts';
export { type PdfPage, renderPdf } from './formats/pdf.ts';
export { type PngImage, type PngOptions, renderPng } from './formats/png.ts';
export { renderSvg, type SvgOptions, type Theme } from './formats/svg.ts';
export { renderText, type TextOptions } from './formats/text/index.ts';
export { renderTextTimeline } from './formats/text/timeline.ts';
export * from './layout/index.ts';
export {
  buildPicture,
  type PictureOptions,
  type PictureSource,
  type PictureSourceJob,
} from './picture/buildPicture.ts';
export type * from './picture/picture.ts';
export { chooseDirection, directionFor } from './scene/chooseDirection.ts';
export { foldingFor } from './scene/chooseFolding.ts';
export type { Direction } from './scene/direction.ts';
export type { FoldBy } from './scene/fold.ts';
export { graphScene } from './scene/graphScene.ts';
export {
  layoutPicture,
  type PictureLayout,
  type PictureLayoutOptions,
  type Wrap,
} from './scene/pictureLayout.ts';
export type { Scene, Shape } from './scene/scene.ts';
export type { GraphSize } from './scene/sizeEstimate.ts';
export { timelineScene } from './scene/timelineScene.ts';
