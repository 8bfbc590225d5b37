import type { Scene, Shape, TextShape } from '../scene/scene.ts';
import { fontFiles, pictureFont } from './fonts.ts';
import { escapeXml } from './svg.ts';

/** Letters that the font of images and PDF files lacks. */
export interface ForeignLetters {
  /** Those that some font of the machine has. */
  readonly fromMachine: ReadonlySet<string>;
  /** Those that no font has: an empty box stands for each. */
  readonly unknown: readonly string[];
}

/** Up to here the font has all letters. */
const surelyKnown = 0x24f;
/** A private character, which no font has: what it looks like is what unknown letters look like. */
const nobodyHas = '\u{10fffd}';

/** The letters of a drawing that the font lacks. Linear in its texts; the fonts of the machine are read only when it lacks some. */
export async function foreignLetters({ shapes }: Scene): Promise<ForeignLetters> {
  const letters = new Set<string>();
  eachText(shapes, ({ text }) => {
    for (const letter of text)
      if (letter.codePointAt(0)! > surelyKnown && /\S/u.test(letter)) letters.add(letter);
  });
  const lacking = await unknownOf([...letters], { isMachineAsked: false });
  const unknown = await unknownOf(lacking, { isMachineAsked: true });
  return { fromMachine: new Set(lacking.filter((letter) => !unknown.includes(letter))), unknown };
}

/** The drawing with outlines in the place of texts that need a font of the machine. */
export async function withOutlines(scene: Scene, { fromMachine }: ForeignLetters): Promise<Scene> {
  if (fromMachine.size === 0) return scene;
  const texts: TextShape[] = [];
  eachText(scene.shapes, (text) => {
    if ([...text.text].some((letter) => fromMachine.has(letter))) texts.push(text);
  });
  const paths = await outlines(texts, { isMachineAsked: true });
  const pathOf = new Map(texts.map((text, k) => [text, paths[k]!]));
  const replaced = (shape: Shape): Shape => {
    if (shape.kind === 'group') return { ...shape, shapes: shape.shapes.map(replaced) };
    const path = shape.kind === 'text' ? pathOf.get(shape) : undefined;
    return path === undefined ? shape : { kind: 'path', path, fill: (shape as TextShape).fill };
  };
  return { ...scene, shapes: scene.shapes.map(replaced) };
}

function eachText(shapes: readonly Shape[], visit: (text: TextShape) => void): void {
  for (const shape of shapes) {
    if (shape.kind === 'text') visit(shape);
    else if (shape.kind === 'group') eachText(shape.shapes, visit);
  }
}

interface Fonts {
  readonly isMachineAsked: boolean;
}

async function unknownOf(letters: readonly string[], fonts: Fonts): Promise<string[]> {
  if (letters.length === 0) return [];
  const [unknown, ...paths] = await outlines(
    [nobodyHas, ...letters].map((text) => ({ kind: 'text', x: 0, y: 20, size: 12, text, fill: 'ink' })),
    fonts,
  );
  return letters.filter((_, k) => paths[k] === unknown);
}

/** The outlines of texts as path data, as the renderer of images draws them; empty for what cannot be seen. */
async function outlines(texts: readonly TextShape[], { isMachineAsked }: Fonts): Promise<string[]> {
  const { Resvg } = await import('@resvg/resvg-js');
  const elements = texts.map(
    ({ x, y, text, size, isBold = false, anchor = 'start' }, k) =>
      `<text id="t${k}" x="${x}" y="${y}" font-size="${size}" font-weight="${isBold ? 700 : 400}" text-anchor="${anchor}">${escapeXml(text)}</text>`,
  );
  const drawn = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100" font-family="${pictureFont.family}" font-stretch="${pictureFont.stretch}">${elements.join('')}</svg>`,
    {
      font: {
        fontFiles: fontFiles(),
        loadSystemFonts: isMachineAsked,
        defaultFontFamily: pictureFont.family,
      },
    },
  ).toString();
  const paths = texts.map(() => '');
  for (const [, number, content] of drawn.matchAll(/<g id="t(\d+)">(.*?)<\/g>/gs)) {
    paths[Number(number)] = Array.from(content!.matchAll(/ d="([^"]*)"/g), ([, path]) => path).join(' ');
  }
  return paths;
}
