import { countOf } from '@executioner/report';
import type { Picture } from '../picture/picture.ts';
import type { Shape } from './scene.ts';
import { fitText, textWidth } from './textWidth.ts';

const titleStyle = { size: 17, isBold: true } as const;
const factStyle = { size: 12 } as const;

/** The name of the workflow, the run and its verdict, and how many jobs there are. */
export function header(
  picture: Picture,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): { readonly shapes: Shape[]; readonly height: number; readonly width: number } {
  const title = fitText(picture.title, Math.max(300, Math.min(width, 900) - 160), titleStyle, { cut: 'end' });
  const titleWidth = textWidth(title, titleStyle);
  const shapes: Shape[] = [
    { kind: 'text', x, y: y + 16, text: title, widthMax: titleWidth + 8, ...titleStyle, fill: 'ink' },
  ];
  let end = x + titleWidth + 14;
  const { run } = picture;
  if (run !== undefined) {
    const text = run.verdict;
    const badge = textWidth(text, { size: 12, isBold: true }) + 20;
    shapes.push(
      { kind: 'rect', x: end, y: y - 1, width: badge, height: 22, radius: 11, fill: `${run.tone}-soft` },
      {
        kind: 'text',
        x: end + 10,
        y: y + 14,
        text,
        widthMax: badge - 16,
        size: 12,
        isBold: true,
        fill: run.tone,
      },
    );
    end += badge;
  }
  const facts = fitText(factsOf(picture), Math.max(width, 420), factStyle, { cut: 'end' });
  shapes.push({ kind: 'text', x, y: y + 38, text: facts, ...factStyle, fill: 'faint' });
  return { shapes, height: 56, width: Math.max(end - x, textWidth(facts, factStyle)) };
}

function factsOf({ run, jobs, dependencies, description }: Picture): string {
  const counts = `${countOf(jobs.length, 'job')}, ${countOf(dependencies.length, 'dependency', 'dependencies')}`;
  if (run === undefined) return [counts, description].filter((text) => text !== '').join(' · ');
  const shown = run.facts.filter(([term]) =>
    ['started', 'took', 'running for', 'last event after', 'workers'].includes(term),
  );
  return [run.name, ...shown.map(([term, value]) => `${term} ${value}`), counts].join(' · ');
}
