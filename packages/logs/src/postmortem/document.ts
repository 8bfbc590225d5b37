import {
  type Block,
  countOf,
  formatDuration,
  formatTime,
  type Item,
  type ReportDocument,
  type Section,
  visibleText,
} from '@executioner/report';
import { describeChange, describeChangeBriefly, hiddenValuesNote } from '../changes/index.ts';
import {
  alikeFailures,
  type FailureReport,
  failureBlocks,
  keptFromRunning,
  othersText,
} from '../failures/index.ts';
import { noveltyTable } from '../novelty/index.ts';
import type { NotRun, PostMortem, RunName, SimilarFailure } from './model.ts';
import { listed } from './timeline.ts';

/** Rows of a table in the report; the tools it names show the rest. */
const rowsMax = 8;
const changesMax = 12;
/** Entries of the timeline, and of these the last ones, where it is cut in the middle. */
const entriesMax = 60;
const tailEntries = 20;

/** A post-mortem as a document, for people. */
export function postMortemDocument(postMortem: PostMortem, timeZone: string): ReportDocument {
  const { run, failures, steps } = postMortem;
  const name = run.run === undefined ? 'a run' : `run ${run.run}`;
  const bad = failures.some(({ allowed }) => !allowed);
  const sections: (Section | undefined)[] = [
    firstFailure(postMortem),
    furtherFailures(failures),
    since(postMortem, timeZone),
    novelties(postMortem),
    similar(postMortem, timeZone),
    impact(postMortem),
    timeline(postMortem),
    steps.length === 0
      ? undefined
      : { title: 'Next steps', blocks: [{ kind: 'steps', items: steps.map(step) }] },
  ];
  return {
    title: `Post-mortem of ${name}${run.application === '' ? '' : ` of ${visibleText(run.application)}`}`,
    verdict: verdictOf(run, bad),
    facts: facts(postMortem, timeZone),
    sections: sections.filter((section) => section !== undefined),
  };
}

/** The outcome, but that version 1 called runs with failures SUCCESS. */
function verdictOf({ outcome }: PostMortem['run'], bad: boolean): NonNullable<ReportDocument['verdict']> {
  if (outcome === 'succeeded' && !bad) return { text: outcome, tone: 'good' };
  const text = outcome === 'succeeded' ? 'failed' : (outcome ?? 'not finished');
  return { text, tone: bad ? 'bad' : 'warning' };
}

function facts({ run }: PostMortem, timeZone: string): [string, string][] {
  const all: [string, string | undefined][] = [
    ['started', formatTime(run.startedAtMs, timeZone)],
    ['took', formatDuration(run.durationMs)],
    ['attempts', run.attempts > 1 ? String(run.attempts) : undefined],
    ['configuration', run.configuration],
    ['host', run.host],
    ['executioner', run.version],
  ];
  return all.flatMap(([term, value]): [string, string][] => (value === undefined ? [] : [[term, value]]));
}

function firstFailure({ failures, streak }: PostMortem): Section | undefined {
  const first = failures.find(({ allowed }) => !allowed) ?? failures[0];
  if (first === undefined)
    return { title: 'Nothing failed', blocks: [{ kind: 'text', text: 'No job of this run failed.' }] };
  const inARow: Block[] =
    streak === undefined
      ? []
      : [
          {
            kind: 'text',
            text: `It is failure ${streak.runs} in a row, since ${runText(streak.since)}.`,
            tone: 'warning',
          },
        ];
  return {
    title: `What failed first: ${visibleText(first.job.id)}`,
    blocks: [...failureBlocks(first), ...inARow, ...consequences(first, alikeTo(first, failures))],
  };
}

/** What came of a failure, and which others are of its kind: the page may be long, and this is why it is read. */
function consequences(first: FailureReport, others: readonly FailureReport[]): Block[] {
  const texts = [...keptFromRunning(first.skipped), ...(others.length === 0 ? [] : [othersText(others)])];
  return texts.length === 0 ? [] : [{ kind: 'list', items: texts.map((text) => ({ text })) }];
}

function alikeTo(first: FailureReport, failures: readonly FailureReport[]): readonly FailureReport[] {
  return alikeFailures(failures).find((group) => group.first === first)?.others ?? [];
}

function furtherFailures(failures: readonly FailureReport[]): Section | undefined {
  const first = failures.find(({ allowed }) => !allowed) ?? failures[0];
  if (first === undefined) return undefined;
  const told = new Set([first, ...alikeTo(first, failures)]);
  const others = failures.filter((failure) => !told.has(failure));
  if (others.length === 0) return undefined;
  const groups = alikeFailures(others);
  const shown = groups.slice(0, rowsMax);
  const left = groups.slice(rowsMax).flatMap((group) => [group.first, ...group.others]);
  return {
    title: `${countOf(others.length, 'further failure')}${told.size > 1 ? ' of other kinds' : ''}`,
    blocks: [
      ...shown.flatMap((group): Block[] => [
        ...failureBlocks(group.first),
        ...consequences(group.first, group.others),
      ]),
      ...(left.length === 0
        ? []
        : [{ kind: 'text', text: `… and ${listed(left.map(({ job }) => visibleText(job.id)))}` } as const]),
    ],
  };
}

function since({ since: found }: PostMortem, timeZone: string): Section | undefined {
  if (found === undefined) return undefined;
  const what = found.of === 'run' ? 'good run' : 'run in which the job was good';
  const title = `What changed since the last ${what}, ${runText(found.good)}`;
  const { changes } = found;
  const at = `${capital(runText(found.good))} started ${formatTime(found.good.startedAtMs, timeZone)}.`;
  const blocks: Block[] = [{ kind: 'text', text: at }];
  if (changes === undefined)
    blocks.push({
      kind: 'text',
      text: 'What changed is not known: one of the two has no stored configuration.',
    });
  else if (changes.length === 0)
    blocks.push({
      kind: 'text',
      text: 'Nothing in its configuration, its variables, the machine or the version: look at its data and at what it talks to.',
    });
  else {
    const note = hiddenValuesNote(changes);
    blocks.push(
      changeList(changes),
      ...(note === undefined ? [] : [{ kind: 'text', text: note, tone: 'muted' } as const]),
    );
  }
  return { title, blocks };
}

function changeList(changes: NonNullable<NonNullable<PostMortem['since']>['changes']>): Block {
  const items: Item[] = changes.slice(0, changesMax).map((change) => ({ text: describeChange(change) }));
  const left = changes.length - items.length;
  return {
    kind: 'list',
    items: left === 0 ? items : [...items, { text: `… and ${countOf(left, 'more change')}` }],
  };
}

function novelties({ novelties: found }: PostMortem): Section | undefined {
  const blocks = found.flatMap(({ job, novelty }): Block[] => {
    if (novelty.patterns.length === 0) return [];
    const { attempts } = novelty.good;
    const compared = attempts === 1 ? 'last good run' : `last ${attempts} good runs`;
    return [{ kind: 'text', text: `${job}, compared with its ${compared}:` }, noveltyTable(novelty, rowsMax)];
  });
  return blocks.length === 0 ? undefined : { title: 'Messages that tell it from good runs', blocks };
}

function similar({ similar: found }: PostMortem, timeZone: string): Section | undefined {
  if (found.length === 0) return undefined;
  return {
    title: 'Similar failures before',
    blocks: [{ kind: 'list', items: found.map((each) => ({ text: similarText(each, timeZone) })) }],
  };
}

function similarText({ run, job, common, ended }: SimilarFailure, timeZone: string): string {
  const messages = common.slice(0, 2).map((text) => `"${visibleText(text)}"`);
  const same = messages.length === 0 ? 'ended in the same way' : messages.join(', ');
  const what = `${runText(run)} (${formatTime(run.startedAtMs, timeZone)}), ${visibleText(job)}: ${same}`;
  if (ended === undefined) return `${what}; it has not succeeded since`;
  const between = ended.failedBetween === 0 ? '' : ` after ${countOf(ended.failedBetween, 'more failure')}`;
  const [change, ...more] = ended.changes;
  const because =
    change === undefined
      ? ', without a change that is known'
      : `, after ${describeChangeBriefly(change)}${more.length === 0 ? '' : ` and ${countOf(more.length, 'more change')}`}`;
  return `${what}; it succeeded in ${runText(ended.run)}${between}${because}`;
}

function impact({
  impact: { jobs, succeeded, failed, notRun, cancelled, lostMs },
}: PostMortem): Section | undefined {
  if (failed === 0) return undefined;
  const counts = [
    `${succeeded} of ${countOf(jobs, 'job')} succeeded, ${failed} failed`,
    ...(notRun.length === 0 ? [] : [`${notRun.length} did not run`]),
    ...(cancelled.length === 0 ? [] : [`${cancelled.length} cancelled`]),
  ];
  const lost =
    lostMs < 1
      ? []
      : [{ text: `${formatDuration(lostMs)} went into tries that failed and the waits before retries` }];
  const chains = notRun.slice(0, rowsMax).map((each) => ({
    text: notRunText(each),
  }));
  const left = notRun.length - chains.length;
  const items: Item[] = [
    { text: `${counts.join(', ')}.` },
    ...chains,
    ...(left === 0 ? [] : [{ text: `… and ${countOf(left, 'more job')}` }]),
    ...lost,
  ];
  return { title: 'Impact', blocks: [{ kind: 'list', items }] };
}

function timeline({ timeline: entries, lanes, run }: PostMortem): Section {
  const gap = entries.length <= entriesMax ? [] : [undefined];
  const shown = [
    ...entries.slice(0, entriesMax - tailEntries * gap.length),
    ...gap,
    ...(gap.length === 0 ? [] : entries.slice(-tailEntries)),
  ];
  const left = entries.length - entriesMax;
  return {
    title: 'Timeline',
    blocks: [
      ...(lanes.length === 0
        ? []
        : [
            {
              kind: 'timeline',
              lanes,
              durationMs: run.durationMs,
              description: 'Jobs over time; the table below tells what happened',
            } as const,
          ]),
      {
        kind: 'table',
        columns: [
          { title: 'After', align: 'right' },
          { title: 'What happened', elastic: true },
        ],
        rows: shown.map((entry) =>
          entry === undefined
            ? ['', `… ${countOf(left, 'entry', 'entries')} …`]
            : [`+${formatDuration(Math.max(0, entry.atMs - run.startedAtMs))}`, entry.text],
        ),
        tones: shown.map((entry) =>
          entry?.tone === 'good' || entry?.tone === 'muted' ? undefined : entry?.tone,
        ),
      },
    ],
  };
}

function step({ why, command }: PostMortem['steps'][number]): Item {
  return { text: why, ...(command !== undefined && { command }) };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function runText({ run, attempt }: RunName): string {
  const name = run === undefined ? 'a run' : `run ${run}`;
  return attempt === undefined ? name : `${name}, attempt ${attempt}`;
}

/** `mail was skipped: it needs report, which needs load`. */
function notRunText({ job, why, chain, from, candidates = [] }: NotRun): string {
  const name = visibleText(job);
  if (why === 'stopped') return `${name} was not started, since the run was stopping`;
  const [first, ...others] = chain.slice(0, -1).reverse().map(visibleText);
  if (first === undefined)
    return candidates.length === 2
      ? `${name} was skipped: it needs ${candidates.map(visibleText).join(' or ')}, it is not known which`
      : `${name} was skipped: it needs a job that failed, it is not known which`;
  const further =
    others.length > 2
      ? `, … which needs ${others.at(-1)}`
      : others.map((id) => `, which needs ${id}`).join('');
  const source =
    from === undefined
      ? ''
      : from.kind === 'configuration'
        ? `, by ${visibleText(from.file)}`
        : `, by the order in ${countOf(from.runs, 'other run')}`;
  const needs = from?.kind === 'history' ? 'it probably needs' : 'it needs';
  return `${name} was skipped: ${needs} ${first}${further}${source}`;
}
