import {
  type Block,
  countOf,
  formatDuration,
  formatPercent,
  formatTime,
  type Item,
  type ReportDocument,
  type Section,
  visibleText,
} from '@executioner/report';
import { describeChange, hiddenValuesNote } from '../changes/index.ts';
import type { Bisection, Onset, RunReference, Suspect } from './bisectJob.ts';

/** A bisection as a document, for people. */
export function bisectionDocument(
  { job, runs, failures, failing, slower }: Bisection,
  timeZone: string,
): ReportDocument {
  const sections: Section[] = [
    ...(failing === undefined
      ? []
      : [
          section(`Failing since ${runText(failing.firstAfter)}`, failing, timeZone, {
            side: ({ failures: bad, runs: of }) => `${bad} of ${countOf(of, 'run')} failed`,
            evidence: ({ before, beforeRuns, after, afterRuns }) =>
              `failed in ${before} of ${beforeRuns} before, in ${after} of ${afterRuns} after`,
          }),
        ]),
    ...(slower === undefined
      ? []
      : [
          section(`Slower since ${runText(slower.firstAfter)}`, slower, timeZone, {
            side: ({ medianMs, runs: of }) =>
              `median ${formatDuration(medianMs)} over ${countOf(of, 'good run')}`,
            evidence: ({ before, beforeRuns, after, afterRuns }) =>
              `median ${formatDuration(before)} in ${countOf(beforeRuns, 'run')}, ${formatDuration(after)} in ${afterRuns}`,
          }),
        ]),
  ];
  const calm: Section = {
    title: 'No change found',
    blocks: [{ kind: 'text', text: calmText({ runs, failures }) }],
  };
  return {
    title: `Bisect of ${visibleText(job)}`,
    verdict:
      failing !== undefined
        ? { text: 'failing', tone: 'bad' }
        : slower !== undefined
          ? { text: 'slower', tone: 'warning' }
          : failures === 0 && runs > 0
            ? { text: 'steady', tone: 'good' }
            : { text: 'no change found', tone: 'warning' },
    facts: [
      ['runs', String(runs)],
      ['failures', String(failures)],
    ],
    sections: sections.length === 0 ? [calm] : sections,
  };
}

function calmText({ runs, failures }: Pick<Bisection, 'runs' | 'failures'>): string {
  if (runs === 0) return 'It was tried in none of the runs that are known.';
  if (runs === failures)
    return `It failed in all ${countOf(runs, 'run')} that are known: there is no good one to compare with.`;
  const steady = 'It did not begin to fail or to take longer in these runs.';
  return failures === 0 ? steady : `${steady} Its failures come and go: see logs retries.`;
}

interface Wording {
  side(side: Onset['before']): string;
  evidence(evidence: NonNullable<Suspect['evidence']>): string;
}

function section(title: string, onset: Onset, timeZone: string, wording: Wording): Section {
  const { lastBefore, firstAfter, before, after, pValue, suspects, isConfigurationKnown } = onset;
  const at = ({ startedAtMs }: RunReference): string => formatTime(startedAtMs, timeZone);
  const certainty =
    pValue === undefined
      ? 'There are too few runs to tell it from chance.'
      : `So clear a change comes by chance in ${formatPercent(pValue)} of cases.`;
  const items: Item[] = [
    { text: `up to ${runText(lastBefore)} (${at(lastBefore)}): ${wording.side(before)}` },
    { text: `from ${runText(firstAfter)} on (${at(firstAfter)}): ${wording.side(after)}` },
  ];
  const blocks: Block[] = [
    { kind: 'list', items },
    { kind: 'text', text: certainty },
  ];
  const between = `${runText(lastBefore)} and ${runText(firstAfter)}`;
  if (!isConfigurationKnown && suspects.length === 0)
    blocks.push({
      kind: 'text',
      text: `What changed between ${between} is not known: no configuration is stored with them.`,
    });
  else if (suspects.length === 0)
    blocks.push({
      kind: 'text',
      text: `Nothing changed in configuration, variables, machine or version between ${between}: look at its data and at what it talks to.`,
    });
  else {
    const note = hiddenValuesNote(suspects.map(({ change }) => change));
    blocks.push(
      { kind: 'text', text: `Changed between ${between}, the likeliest first:` },
      {
        kind: 'steps',
        items: suspects.map(({ change, evidence }) => ({
          text: `${describeChange(change)}${evidence === undefined ? '' : ` (${wording.evidence(evidence)})`}`,
        })),
      },
      ...(note === undefined ? [] : [{ kind: 'text', text: note, tone: 'muted' } as const]),
    );
  }
  return { title, blocks };
}

function runText({ run, attempt, startedAtMs }: RunReference): string {
  if (run === undefined) return `the run of ${formatTime(startedAtMs)}`;
  return attempt === undefined ? `run ${run}` : `run ${run}, attempt ${attempt}`;
}
