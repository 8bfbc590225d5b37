import { type ColorName, type ColorPalette, colorNames, escapeHtml, palettes } from '@executioner/report';
import type { Scene, Shape, TextShape } from '../scene/scene.ts';
import { textWidth } from '../scene/textWidth.ts';
import { fontFamily } from './fontFamily.ts';

export type Theme = 'auto' | 'light' | 'dark';

export interface SvgOptions {
  /** With `auto` the viewer's setting decides, where it has one. */
  readonly theme: Theme;
  /** The font that the drawing is sure to be shown in; without one the viewer's fonts are named. */
  readonly font?: SvgFont;
}

export interface SvgFont {
  readonly family: string;
  readonly stretch: 'normal' | 'condensed';
}

/** A drawing as one SVG document that needs nothing else. Linear in the shapes. */
export function renderSvg(scene: Scene, options: SvgOptions): string {
  const { width, height } = scene;
  const palette = palettes[options.theme === 'dark' ? 'dark' : 'light'];
  const writer = new SvgWriter(palette, options);
  writer.shape({ kind: 'rect', x: 0, y: 0, width, height, fill: 'paper' });
  for (const shape of scene.shapes) writer.shape(shape);
  const body = writer.parts.join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `role="img" aria-labelledby="title description" ${fontAttributes(options.font)}>\n` +
    `<title id="title">${escapeXml(scene.title)}</title>\n<desc id="description">${escapeXml(scene.description)}</desc>\n` +
    `${options.theme === 'auto' ? darkStyles(writer.used) : ''}${body}</svg>\n`
  );
}

function fontAttributes(font: SvgFont | undefined): string {
  if (font === undefined) return `font-family="${escapeHtml(fontFamily)}"`;
  return `font-family="${escapeHtml(font.family)}" font-stretch="${font.stretch}"`;
}

const tightness = 0.85;

class SvgWriter {
  readonly parts: string[] = [];
  readonly used = new Set<ColorName>();
  private readonly palette: ColorPalette;
  private readonly hasClasses: boolean;
  private readonly isFontUnknown: boolean;

  constructor(palette: ColorPalette, { theme, font }: SvgOptions) {
    this.palette = palette;
    this.hasClasses = theme === 'auto';
    this.isFontUnknown = font === undefined;
  }

  shape(shape: Shape): void {
    switch (shape.kind) {
      case 'rect': {
        const { x, y, width, height, radius } = shape;
        const corner = radius === undefined ? '' : ` rx="${radius}"`;
        this.parts.push(
          `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${corner}${this.paint(shape)}/>\n`,
        );
        return;
      }
      case 'path': {
        const opacity = shape.opacity === undefined ? '' : ` opacity="${shape.opacity}"`;
        this.parts.push(`<path d="${shape.path}"${this.paint(shape)}${opacity}/>\n`);
        return;
      }
      case 'text': {
        const { x, y, size, text, isBold, anchor } = shape;
        const weight = isBold === true ? ' font-weight="bold"' : '';
        const align = anchor === undefined || anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
        this.parts.push(
          `<text x="${n(x)}" y="${n(y)}" font-size="${size}"${weight}${align}${this.fitted(shape)}${this.paint(shape)}>${escapeXml(text)}</text>\n`,
        );
        return;
      }
      case 'group':
        this.parts.push(`<g><title>${escapeXml(shape.title)}</title>\n`);
        for (const each of shape.shapes) this.shape(each);
        this.parts.push('</g>\n');
    }
  }

  /** Where there is little room to spare, the length is said, since the viewer's font may be wider. */
  private fitted({ text, widthMax, size, isBold = false }: TextShape): string {
    if (widthMax === undefined || !this.isFontUnknown) return '';
    const length = textWidth(text, { size, isBold });
    return length < tightness * widthMax
      ? ''
      : ` textLength="${n(Math.min(length, widthMax))}" lengthAdjust="spacingAndGlyphs"`;
  }

  private paint(shape: {
    readonly kind: Shape['kind'];
    readonly fill?: ColorName;
    readonly stroke?: ColorName;
    readonly strokeWidth?: number;
    readonly dash?: readonly number[];
  }): string {
    const { fill, stroke, strokeWidth, dash } = shape;
    const fillText = fill === undefined ? ' fill="none"' : ` fill="${this.palette[fill]}"`;
    const strokeText =
      stroke === undefined
        ? ''
        : ` stroke="${this.palette[stroke]}" stroke-width="${strokeWidth ?? 1}"${dash === undefined ? '' : ` stroke-dasharray="${dash.join(' ')}"`}`;
    return `${this.classes(fill, stroke)}${fillText}${strokeText}`;
  }

  private classes(fill: ColorName | undefined, stroke: ColorName | undefined): string {
    if (!this.hasClasses) return '';
    const names: string[] = [];
    if (fill !== undefined) {
      names.push(`f-${fill}`);
      this.used.add(fill);
    }
    if (stroke !== undefined) {
      names.push(`s-${stroke}`);
      this.used.add(stroke);
    }
    return names.length === 0 ? '' : ` class="${names.join(' ')}"`;
  }
}

/** Attributes hold the light colours; these rules win over them where the viewer wants it dark. */
function darkStyles(used: ReadonlySet<ColorName>): string {
  const rules = colorNames
    .filter((name) => used.has(name))
    .map((name) => `.f-${name}{fill:${palettes.dark[name]}}.s-${name}{stroke:${palettes.dark[name]}}`);
  return `<style>@media (prefers-color-scheme: dark){${rules.join('')}}</style>\n`;
}

/** XML has no way at all to write most control characters. */
export function escapeXml(text: string): string {
  return escapeHtml(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '\ufffd'));
}

function n(value: number): number {
  return Math.round(value * 100) / 100;
}
