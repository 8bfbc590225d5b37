import { type CommandContext, CommandError } from '@executioner/core';
import { formatCount, knownTimeZone } from '@executioner/report';
import type { Theme } from '../formats/svg.ts';
import { buildPicture } from '../picture/buildPicture.ts';
import type { GroupBy, Picture } from '../picture/picture.ts';
import { directionFor } from '../scene/chooseDirection.ts';
import { foldingFor, readableMax } from '../scene/chooseFolding.ts';
import type { Direction } from '../scene/direction.ts';
import type { FoldBy } from '../scene/fold.ts';
import {
  layoutPicture,
  type PictureLayout,
  type PictureLayoutOptions,
  type Wrap,
} from '../scene/pictureLayout.ts';
import type { Scene } from '../scene/scene.ts';
import { findSubject, type Subject } from './subject.ts';
import type { VisualizeOptions } from './visualizeOptions.ts';

/**
 * The picture in the format that the context asks for. Undefined when the configuration or the selection is wrong, which
 * is then shown on standard error.
 *
 * @throws CommandError for wrong usage, and for runs and logs that cannot be read
 */
export async function visualize(
  options: VisualizeOptions,
  context: CommandContext,
): Promise<string | Uint8Array | undefined> {
  checkOutput(context);
  const subject = await findSubject(options, context);
  if (subject === undefined) return undefined;
  const picture = buildPicture(subject.source, {
    groupBy: options.groupBy as GroupBy,
    isReduced: options.hideRedundant,
    timeZone: timeZoneOf(options, subject),
    ...subject.options,
  });
  return options.view === 'timeline'
    ? renderTimeline(picture, options, context)
    : renderGraph(picture, options, context);
}

/** To ask the machine for its zone takes a tenth of the time of a small picture, and only runs have times. */
function timeZoneOf({ timeZone }: VisualizeOptions, subject: Subject): string {
  if (timeZone === undefined && subject.options.report === undefined) return 'UTC';
  return knownTimeZone(timeZone);
}

/** Bytes are not for terminals. */
function checkOutput({ format, columns, output }: CommandContext): void {
  if ((format !== 'png' && format !== 'pdf') || columns === Number.POSITIVE_INFINITY || output !== undefined)
    return;
  throw new CommandError('OUTPUT_IS_TERMINAL', `${format.toUpperCase()} is not for a terminal`, {
    hint: `name a file: -o graph.${format}`,
  });
}

async function renderGraph(
  picture: Picture,
  options: VisualizeOptions,
  context: CommandContext,
): Promise<string | Uint8Array> {
  const look = lookOf(options);
  switch (context.format) {
    case 'mermaid': {
      const { renderMermaid } = await import('../formats/mermaid.ts');
      return renderMermaid(picture, {
        direction: directionOf(picture, options),
        isMarkdown: /\.(md|markdown)$/i.test(context.output ?? ''),
      });
    }
    case 'dot':
      return (await import('../formats/dot.ts')).renderDot(picture, {
        direction: directionOf(picture, options),
      });
    case 'json':
      return (await import('../formats/json.ts')).renderJson(
        picture,
        placesOf(picture, options, {
          isFolded: options.fold === true,
          wrap: options.wrap === 'always' ? 'always' : 'never',
        }),
      );
    case 'text':
      return (await import('../formats/text/index.ts')).renderText(picture, context);
    case 'html': {
      const { renderPage } = await import('../formats/html.ts');
      return renderPage(picture, placesOf(picture, options, look), {
        theme: options.theme as Theme,
        view: 'graph',
        version: context.version,
      });
    }
    default: {
      const { graphScene } = await import('../scene/graphScene.ts');
      const places = placesOf(picture, options, look);
      if (options.foldBy === 'auto' && places.frames.some(({ isExact }) => !isExact)) {
        context.note(
          `jobs of ${places.foldBy === 'names' ? 'like names' : 'one level'} are drawn in frames with one line for all, since nobody could read it otherwise; --fold-by dependencies draws each line`,
        );
      }
      return draw(graphScene(picture, places), options, context);
    }
  }
}

type Look = Pick<PictureLayoutOptions, 'isFolded' | 'wrap'>;

function lookOf({ fold, wrap }: VisualizeOptions): Look {
  return { isFolded: fold !== false, wrap: wrap as Wrap };
}

function placesOf(picture: Picture, options: VisualizeOptions, look: Look): PictureLayout {
  const { aspect, foldBy } = options;
  const direction = directionOf(picture, options);
  return layoutPicture(picture, {
    direction,
    ...look,
    foldBy: foldBy === 'auto' ? foldingFor(picture, direction) : (foldBy as Exclude<FoldBy, 'none'>),
    ...(aspect === undefined ? {} : { aspect }),
  });
}

function directionOf(picture: Picture, { direction }: VisualizeOptions): Direction {
  return direction === 'auto' ? directionFor(picture) : (direction as Direction);
}

async function renderTimeline(
  picture: Picture,
  options: VisualizeOptions,
  context: CommandContext,
): Promise<string | Uint8Array> {
  if (picture.run === undefined) {
    throw new CommandError('TIMELINE_NEEDS_RUN', 'a timeline is that of a run', {
      hint: 'name one with --run or --from-log',
    });
  }
  switch (context.format) {
    case 'html': {
      const { renderPage } = await import('../formats/html.ts');
      return renderPage(picture, placesOf(picture, options, lookOf(options)), {
        theme: options.theme as Theme,
        view: 'timeline',
        version: context.version,
      });
    }
    case 'text':
      return (await import('../formats/text/timeline.ts')).renderTextTimeline(picture, context);
    case 'json':
      return `${JSON.stringify({ application: picture.title, run: picture.run }, null, 1)}\n`;
    case 'mermaid': {
      const { renderGantt } = await import('../formats/gantt.ts');
      return renderGantt(picture, { isMarkdown: /\.(md|markdown)$/i.test(context.output ?? '') });
    }
    case 'dot':
      throw new CommandError('FORMAT_UNKNOWN', 'Graphviz has no timelines', {
        hint: 'use --format svg, png, pdf, html, mermaid, text or json',
      });
    default: {
      const { timelineScene } = await import('../scene/timelineScene.ts');
      return draw(timelineScene(picture), options, context);
    }
  }
}

async function draw(
  scene: Scene,
  options: VisualizeOptions,
  context: CommandContext,
): Promise<string | Uint8Array> {
  const theme = options.theme as Theme;
  switch (context.format) {
    case 'png': {
      const { renderPng } = await import('../formats/png.ts');
      const { png, scale, unknownLetters } = await renderPng(scene, { theme, scale: options.scale });
      if (scale < options.scale) {
        context.note(
          `drawn at scale ${Number(scale.toPrecision(2))} instead of ${options.scale}: ${largeText(scene)}`,
        );
      } else noteLarge(scene, context);
      noteUnknown(unknownLetters, context);
      return png;
    }
    case 'pdf': {
      const { renderPdf } = await import('../formats/pdf.ts');
      const { pdf, unknownLetters } = await renderPdf(scene, { theme });
      noteLarge(scene, context);
      noteUnknown(unknownLetters, context);
      return pdf;
    }
    default:
      noteLarge(scene, context);
      return (await import('../formats/svg.ts')).renderSvg(scene, { theme });
  }
}

function noteLarge(scene: Scene, context: CommandContext): void {
  if (Math.max(scene.width, scene.height) > readableMax) context.note(largeText(scene));
}

function largeText({ width, height }: Scene): string {
  return `the picture has ${formatCount(width)} × ${formatCount(height)} pixels; --select draws a part of it, -o graph.html a page to zoom and search`;
}

/** How many of the letters are named. */
const namedMax = 10;

function noteUnknown(letters: readonly string[], context: CommandContext): void {
  if (letters.length === 0) return;
  const named = letters.slice(0, namedMax).join(' ') + (letters.length > namedMax ? ' …' : '');
  context.note(
    `no font of this machine has ${named}: empty boxes are drawn instead; install a font of that script, or use svg or html`,
  );
}
