import { describe, expect, test } from '@jest/globals';
import { type ColorName, palettes } from '../../src/look/index.ts';

const tones = ['good', 'bad', 'warning', 'active', 'muted'] as const;
const texts: (readonly [text: ColorName, ground: ColorName])[] = [
  ...tones.map((tone) => [tone, `${tone}-soft`] as const),
  ...[...tones, 'ink', 'faint', 'critical'].flatMap((text) =>
    (['paper', 'raised'] as const).map((ground) => [text as ColorName, ground] as const),
  ),
  ...tones.flatMap((tone) => [['ink', `${tone}-soft`] as const, ['faint', `${tone}-soft`] as const]),
];

describe.each(Object.keys(palettes) as (keyof typeof palettes)[])('the palette %s', (name) => {
  test.each(texts)('%s on %s can be read: the contrast is 4.5 or more', (text, ground) => {
    const palette = palettes[name];
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });
});

/** As the Web Content Accessibility Guidelines 2.1 define it. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
