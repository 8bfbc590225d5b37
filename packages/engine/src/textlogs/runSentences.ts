import type { Envelope, RunEvent } from '../journal/index.ts';
import { forRun, type Sentence } from './logLine.ts';
import type { LogMemory } from './memory.ts';

type OfRun<Type extends RunEvent['type']> = Envelope & Extract<RunEvent<string>, { type: Type }>;

/** What the logs say about an event of the run as a whole. */
export function runSentences(event: Envelope & RunEvent<string>, memory: LogMemory): Sentence[] {
  switch (event.type) {
    case 'run.started':
      return started(event, memory);
    case 'run.adopted':
      return [forRun('INFO', `Resuming run ${event.run} (attempt ${event.attempt})`)];
    case 'run.paused':
      return [forRun('INFO', `Run paused by ${event.by}: nothing new starts`)];
    case 'run.resumed':
      return [forRun('INFO', `Run resumed by ${event.by}`)];
    case 'run.changed':
      return [forRun('INFO', `Set workers to ${event.workers}`)];
    case 'run.stopping':
      return stopping(event, memory);
    case 'run.finished':
      return finished(event, memory);
    default:
      return [];
  }
}

function started({ run, attempt, workers, options }: OfRun<'run.started'>, memory: LogMemory): Sentence[] {
  memory.parallel = options.parallel === true;
  memory.continues = options.on_failure === 'continue';
  return [
    { to: 'application', level: 'INFO', message: `Initialized run ID: ${run}, attempt: ${attempt}` },
    forRun('INFO', `Created run summary for run ID: ${run}`),
    ...(memory.parallel ? [forRun('INFO', `Parallel execution with ${workers} workers`)] : []),
  ];
}

function stopping({ why, by }: OfRun<'run.stopping'>, { active, parallel }: LogMemory): Sentence[] {
  const running = active.size === 1 ? '1 running job' : `${active.size} running jobs`;
  if (why === 'kill') return [forRun('ERROR', `Received ${by}. Killing ${running}.`)];
  if (why === 'cancel') return [forRun('WARNING', `Received ${by}. Stopping ${running}.`)];
  return [
    forRun('ERROR', 'Stopping execution.'),
    forRun('WARNING', 'Exit code set to: 1'),
    ...(parallel ? [forRun('INFO', 'Execution marked as interrupted')] : []),
    ...(active.size > 0 ? [forRun('INFO', `Waiting for ${active.size} active jobs to complete...`)] : []),
  ];
}

function finished({ run, outcome }: OfRun<'run.finished'>, { notCompleted }: LogMemory): Sentence[] {
  const missing = [...notCompleted].join(', ');
  const status = outcome === 'succeeded' ? 'SUCCESS' : 'FAILED';
  return [
    ...(missing === '' ? [] : [forRun('WARNING', `The following jobs were not completed: ${missing}`)]),
    forRun('INFO', `Updated run summary for run ID: ${run} with status: ${status}`),
  ];
}
