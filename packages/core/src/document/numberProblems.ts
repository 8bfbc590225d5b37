import type { Problem } from './problem.ts';
import { findPlace, type SyntaxNode } from './syntaxTree.ts';
import type { ValueSurvey } from './valueSurvey.ts';

/** Numbers that a configuration cannot mean: infinite ones, and integers that lose digits. */
export function numberProblems(text: string, root: SyntaxNode, survey: ValueSurvey): Problem[] {
  return survey.oddNumbers.flatMap((path) => {
    const place = findPlace(root, path)?.value;
    return place === undefined ? [] : numberProblem(text, place);
  });
}

function numberProblem(text: string, { start, end }: SyntaxNode): Problem[] {
  const written = text.slice(start, end);
  if (/^[+-]?[0-9]{16,}$/.test(written)) {
    const kept = String(Number(written));
    if (kept === written) return [];
    return [
      {
        code: 'W105',
        start,
        end,
        message: `${written} has too many digits and is read as ${kept}`,
        hint: `write "${written}" if it is not meant as a number`,
      },
    ];
  }
  if (Number.isFinite(Number(written)) && written !== '') return [];
  return [
    {
      code: 'E112',
      start,
      end,
      message: `${written} is not a number that a configuration can hold`,
      hint: 'write an ordinary number, or put it in quotes if it is text',
    },
  ];
}
