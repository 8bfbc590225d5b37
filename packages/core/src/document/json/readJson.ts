import type { ParseLimits } from '../document.ts';
import { numberProblems } from '../numberProblems.ts';
import type { Reading } from '../reading.ts';
import { emptyText } from '../textChecks.ts';
import { surveyValue } from '../valueSurvey.ts';
import { countKeys } from './countKeys.ts';
import { createJsonTokens, tokenKind } from './jsonTokens.ts';
import { lazyJsonTree } from './lazyJsonTree.ts';
import { parseJsonTree } from './parseJsonTree.ts';

/**
 * Reads JSON: through `JSON.parse` where that suffices, and with positions only where something must be shown.
 * `JSON.parse` keeps the last of duplicate keys without a word: they show as more keys written than read.
 */
export function readJson(text: string, limits: ParseLimits): Reading {
  const strict = parseStrictly(text);
  if (strict !== undefined) {
    const survey = surveyValue(strict.value, limits.maximumDepth);
    if (!survey.isTooDeep && !survey.hasOddNumbers && survey.keyCount === countKeys(text)) {
      return { value: strict.value, problems: [], tree: () => lazyJsonTree(text) };
    }
  }
  return readTolerantly(text, limits);
}

function parseStrictly(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) };
  } catch {
    return undefined;
  }
}

function readTolerantly(text: string, limits: ParseLimits): Reading {
  if (createJsonTokens(text, () => {}).kind === tokenKind.end) return { problems: [emptyText(text)] };
  const { root, value, problems, isComplete } = parseJsonTree(text, limits);
  if (!isComplete) return { problems };
  const survey = surveyValue(value, limits.maximumDepth);
  return { value, problems: [...problems, ...numberProblems(text, root, survey)], tree: () => root };
}
