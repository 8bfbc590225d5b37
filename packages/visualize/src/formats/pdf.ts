import { type ColorPalette, palettes } from '@executioner/report';
import type { Scene, Shape } from '../scene/scene.ts';
import { fontFiles } from './fonts.ts';
import { foreignLetters, withOutlines } from './letters.ts';
import type { Theme } from './svg.ts';

/** Points for a pixel of CSS. */
const pointsPerPixel = 0.75;
/** The largest side a page may have (PDF 1.7, annex C: 14,400 units). */
const sideMax = 14_400;

type Document = PDFKit.PDFDocument;

export interface PdfPage {
  readonly pdf: Uint8Array;
  /** Letters that no font here has: an empty box stands for each. */
  readonly unknownLetters: readonly string[];
}

/**
 * A drawing as a PDF of one page of its size, with texts that can be searched, but for those in scripts that only the fonts of
 * the machine have: of these there are the outlines.
 */
export async function renderPdf(scene: Scene, { theme }: { readonly theme: Theme }): Promise<PdfPage> {
  const letters = await foreignLetters(scene);
  const outlined = await withOutlines(scene, letters);
  const { default: PdfDocument } = await import('pdfkit');
  const palette = palettes[theme === 'dark' ? 'dark' : 'light'];
  const scale = Math.min(pointsPerPixel, sideMax / Math.max(scene.width, scene.height));
  const document = new PdfDocument({
    size: [scene.width * scale, scene.height * scale],
    margin: 0,
    info: {
      Title: scene.title,
      Subject: scene.description,
      Creator: 'executioner',
      CreationDate: new Date(0),
    },
    lang: 'en',
    displayTitle: true,
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve());
    document.on('error', reject);
  });
  const [plain, bold] = fontFiles();
  document.registerFont('plain', plain);
  document.registerFont('bold', bold);
  document.rect(0, 0, scene.width * scale, scene.height * scale).fill(palette.paper);
  document.scale(scale);
  for (const shape of outlined.shapes) draw(document, shape, palette);
  document.end();
  await ended;
  return { pdf: Buffer.concat(chunks), unknownLetters: letters.unknown };
}

function draw(document: Document, shape: Shape, palette: ColorPalette): void {
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, radius } = shape;
      if (radius === undefined) document.rect(x, y, width, height);
      else document.roundedRect(x, y, width, height, radius);
      paint(document, shape, palette);
      return;
    }
    case 'path':
      document.path(shape.path);
      paint(document, shape, palette);
      return;
    case 'text':
      drawText(document, shape, palette);
      return;
    case 'group':
      for (const each of shape.shapes) draw(document, each, palette);
  }
}

function paint(
  document: Document,
  shape: Extract<Shape, { readonly kind: 'rect' | 'path' }>,
  palette: ColorPalette,
): void {
  const { fill, stroke, strokeWidth = 1, dash } = shape;
  const opacity = shape.kind === 'path' ? (shape.opacity ?? 1) : 1;
  document.lineWidth(strokeWidth).opacity(opacity);
  if (dash === undefined) document.undash();
  else document.dash(dash[0]!, { space: dash[1]! });
  if (fill !== undefined && stroke !== undefined) document.fillAndStroke(palette[fill], palette[stroke]);
  else if (fill !== undefined) document.fill(palette[fill]);
  else if (stroke !== undefined) document.stroke(palette[stroke]);
}

function drawText(
  document: Document,
  { x, y, text, size, isBold, anchor, fill }: Extract<Shape, { readonly kind: 'text' }>,
  palette: ColorPalette,
): void {
  document
    .font(isBold === true ? 'bold' : 'plain', size)
    .fillColor(palette[fill])
    .opacity(1);
  const shift =
    anchor === undefined || anchor === 'start'
      ? 0
      : document.widthOfString(text) / (anchor === 'middle' ? 2 : 1);
  document.text(text, x - shift, y, { lineBreak: false, baseline: 'alphabetic' });
}
