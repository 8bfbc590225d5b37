import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The font of images and PDF files, so that they look alike on every machine, also on one without any fonts. The stretch
 * counts where the machine has the family in its normal width as well.
 */
export const pictureFont = { family: 'DejaVu Sans Condensed', stretch: 'condensed' } as const;

/** The paths of the font, plain and bold. */
export function fontFiles(): [plain: string, bold: string] {
  const folder = dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'));
  return [
    join(folder, 'ttf', 'DejaVuSansCondensed.ttf'),
    join(folder, 'ttf', 'DejaVuSansCondensed-Bold.ttf'),
  ];
}
