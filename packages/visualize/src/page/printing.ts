/// <reference lib="dom" />
import { renderSvg } from '../formats/svg.ts';
import type { Picture } from '../picture/picture.ts';
import { graphScene } from '../scene/graphScene.ts';
import type { PictureLayout } from '../scene/pictureLayout.ts';
import { timelineScene } from '../scene/timelineScene.ts';
import { element } from './element.ts';

export interface Printable {
  readonly picture: Picture;
  readonly layout: PictureLayout;
  readonly view: 'graph' | 'timeline';
}

/** On paper stands the whole drawing as a vector picture instead of the part that the screen shows. */
export function preparePrinting(current: () => Printable): void {
  const sheet = element('sheet', HTMLDivElement);
  addEventListener('beforeprint', () => {
    const { picture, layout, view } = current();
    const scene = view === 'timeline' ? timelineScene(picture) : graphScene(picture, layout);
    sheet.innerHTML = renderSvg(scene, { theme: 'light' });
  });
  addEventListener('afterprint', () => sheet.replaceChildren());
}
