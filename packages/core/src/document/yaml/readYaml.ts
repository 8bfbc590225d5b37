import type { ParseLimits } from '../document.ts';
import { readFastYaml } from '../fastYaml/index.ts';
import { numberProblems } from '../numberProblems.ts';
import type { Reading } from '../reading.ts';
import { surveyValue } from '../valueSurvey.ts';
import { parseFullYaml, tooDeep } from './parseFullYaml.ts';

/** Reads YAML 1.2: with the fast reader where it is sure of the text, else with the `yaml` package. */
export function readYaml(text: string, limits: ParseLimits): Reading {
  const fast = readFastYaml(text);
  const reading = fast === undefined ? parseFullYaml(text, limits) : { ...fast, problems: [] };
  if (reading.tree === undefined) return reading;
  const survey = surveyValue(reading.value, limits.maximumDepth);
  if (survey.isTooDeep) return { problems: [...reading.problems, tooDeep({ start: 0, end: 0 }, limits)] };
  if (!survey.hasOddNumbers) return reading;
  return { ...reading, problems: [...reading.problems, ...numberProblems(text, reading.tree(), survey)] };
}
