import type { Scene } from '../scene/scene.ts';
import { fontFiles, pictureFont } from './fonts.ts';
import { foreignLetters } from './letters.ts';
import type { Theme } from './svg.ts';
import { renderSvg } from './svg.ts';

export interface PngOptions {
  readonly theme: Theme;
  /** Pixels of the image for one of the drawing; made smaller for drawings that would not fit. */
  readonly scale: number;
}

export interface PngImage {
  readonly png: Uint8Array;
  /** The scale that was used. */
  readonly scale: number;
  /** Letters that no font here has: an empty box stands for each. */
  readonly unknownLetters: readonly string[];
}

/** Neither side has more pixels than most programs can show, nor the image more than memory should hold. */
const sideMax = 16_000;
const pixelsMax = 32_000_000;

/** A drawing as a PNG image, without a browser; texts are drawn with the font that comes along. */
export async function renderPng(scene: Scene, { theme, scale }: PngOptions): Promise<PngImage> {
  const { Resvg } = await import('@resvg/resvg-js');
  const largest = Math.max(scene.width, scene.height);
  const fitting = Math.min(scale, sideMax / largest, Math.sqrt(pixelsMax / (scene.width * scene.height)));
  const svg = renderSvg(scene, { theme: theme === 'auto' ? 'light' : theme, font: pictureFont });
  const letters = await foreignLetters(scene);
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: fitting },
    font: {
      fontFiles: fontFiles(),
      // Scripts that the own font lacks come from the machine, where it has them.
      loadSystemFonts: letters.fromMachine.size > 0,
      defaultFontFamily: pictureFont.family,
    },
  }).render();
  return { png: image.asPng(), scale: fitting, unknownLetters: letters.unknown };
}
