/// <reference lib="dom" />
import type { ColorPalette } from '@executioner/report';
import { fontFamily } from '../formats/fontFamily.ts';
import type { Shape } from '../scene/scene.ts';

/** Draws shapes on a canvas, whose transformation puts them in their place. */
export function paintShapes(
  context: CanvasRenderingContext2D,
  shapes: readonly Shape[],
  palette: ColorPalette,
): void {
  for (const shape of shapes) paintShape(context, shape, palette);
}

function paintShape(context: CanvasRenderingContext2D, shape: Shape, palette: ColorPalette): void {
  switch (shape.kind) {
    case 'rect': {
      const path = new Path2D();
      path.roundRect(shape.x, shape.y, shape.width, shape.height, shape.radius ?? 0);
      fillAndStroke(context, path, shape, palette);
      return;
    }
    case 'path':
      fillAndStroke(context, new Path2D(shape.path), shape, palette);
      return;
    case 'text':
      context.font = `${shape.isBold === true ? '600 ' : ''}${shape.size}px ${fontFamily}`;
      context.textAlign = shape.anchor === 'middle' ? 'center' : (shape.anchor ?? 'start');
      context.fillStyle = palette[shape.fill];
      context.fillText(shape.text, shape.x, shape.y, shape.widthMax);
      return;
    case 'group':
      paintShapes(context, shape.shapes, palette);
  }
}

function fillAndStroke(
  context: CanvasRenderingContext2D,
  path: Path2D,
  { fill, stroke, strokeWidth = 1, dash = [] }: Extract<Shape, { readonly kind: 'rect' | 'path' }>,
  palette: ColorPalette,
): void {
  if (fill !== undefined) {
    context.fillStyle = palette[fill];
    context.fill(path);
  }
  if (stroke === undefined) return;
  context.strokeStyle = palette[stroke];
  context.lineWidth = strokeWidth;
  context.setLineDash([...dash]);
  context.stroke(path);
  context.setLineDash([]);
}
