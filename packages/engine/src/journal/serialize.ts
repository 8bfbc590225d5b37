import type { Envelope, Event, JobEvent, JournalEvent, RunEvent } from './event.ts';

/** What a serializer needs to know of the attempt: the ids stand in the plan's order, so that a number names one. */
export interface SerializerOptions {
  readonly run: number;
  readonly attempt: number;
  readonly jobIds: readonly string[];
}

/**
 * Turns an event of the scheduler into its journal line, newline included. `seq` is the event's number,
 * `wallMs` the wall clock in milliseconds since 1970.
 */
export type LineSerializer = (event: Event, seq: number, wallMs: number) => string;

/**
 * Makes the serializer of one attempt. Ids are quoted once, the time once per millisecond and the middle of
 * the line once per type; a line costs about a microsecond.
 *
 * @throws "Internal error" when an event names a job that the plan does not have.
 */
export function lineSerializer(options: SerializerOptions): LineSerializer {
  const quotedIds: (string | undefined)[] = [];
  const middleByType = new Map<string, string>();
  let timeMs = Number.NaN;
  let time = '';

  function quotedId(job: number): string {
    const known = quotedIds[job];
    if (known !== undefined) return known;
    const id = options.jobIds[job];
    if (id === undefined)
      throw new Error(
        `Internal error: the journal was given job number ${job}, which the plan does not have`,
      );
    const quoted = JSON.stringify(id);
    quotedIds[job] = quoted;
    return quoted;
  }

  function middle(type: string): string {
    let text = middleByType.get(type);
    if (text === undefined) {
      text = `,"run":${options.run},"attempt":${options.attempt},"type":"${type}"`;
      middleByType.set(type, text);
    }
    return text;
  }

  return (event, seq, wallMs) => {
    if (wallMs !== timeMs) {
      timeMs = wallMs;
      time = new Date(wallMs).toISOString();
    }
    const head = `{"v":1,"seq":${seq},"t":"${time}","m":${event.m}${middle(event.type)}`;
    return isJobEvent(event)
      ? `${head},"job":${quotedId(event.job)},"round":${event.round},"try":${event.try}${ownJobFields(event, quotedId)}}\n`
      : `${head}${ownRunFields(event, quotedId)}}\n`;
  };
}

/**
 * The event as readers of the journal will see it: ids for numbers, the envelope in front. For listeners
 * within the process, who are spared the way through text.
 */
export function journalEvent(event: Event, envelope: Envelope, jobIds: readonly string[]): JournalEvent {
  const { v, seq, t, run, attempt } = envelope;
  const { type, m, ...own } = event;
  const line: Record<string, unknown> = { v, seq, t, m, run, attempt, type, ...own };
  if (typeof line.job === 'number') line.job = jobIds[line.job];
  if (typeof line.because === 'number') line.because = jobIds[line.because];
  return line as unknown as JournalEvent;
}

function isJobEvent(event: Event): event is JobEvent {
  return 'round' in event;
}

type QuotedId = (job: number) => string;

/** The hot types are spelled out; what happens a few times in a run goes through JSON.stringify. */
function ownJobFields(event: JobEvent, quotedId: QuotedId): string {
  switch (event.type) {
    case 'job.starting': {
      const { token, command_hash, definition_hash, limit_ms } = event;
      const definition = definition_hash === undefined ? '' : `,"definition_hash":${quote(definition_hash)}`;
      return `,"token":${quote(token)},"command_hash":${quote(command_hash)}${definition},"limit_ms":${limit_ms}`;
    }
    case 'job.started':
      return `,"pid":${event.pid}${optional('ticks', event.ticks)}`;
    case 'job.exited': {
      const { exit_code, signal, cpu_ms, max_rss_kb } = event.end;
      const end = `${optional('exit_code', exit_code)}${signal === undefined ? '' : `,"signal":"${signal}"`}${optional('cpu_ms', cpu_ms)}${optional('max_rss_kb', max_rss_kb)}`;
      return `,"end":{${end.slice(1)}}`;
    }
    case 'job.finished':
      return `,"status":"${event.status}"${event.reason === undefined ? '' : `,"reason":"${event.reason}"`},"duration_ms":${event.duration_ms},"tries":${event.tries}`;
    case 'job.skipped':
      return `,"reason":"${event.reason}"${event.because === undefined ? '' : `,"because":${quotedId(event.because)}`}`;
    case 'job.retrying':
      return `,"status":"${event.status}","delay_ms":${event.delay_ms}`;
    case 'check.started':
      return `,"phase":"${event.phase}","index":${event.index},"name":${quote(event.name)}`;
    case 'job.approving':
    case 'job.lost':
      return '';
    default: {
      const { type, m, job, round, try: tried, ...own } = event;
      return rest(own);
    }
  }
}

function ownRunFields(event: RunEvent, quotedId: QuotedId): string {
  if (event.type === 'run.stopping') {
    const job = event.job === undefined ? '' : `,"job":${quotedId(event.job)}`;
    return `,"why":"${event.why}","by":${quote(event.by)}${job}`;
  }
  const { type, m, ...own } = event;
  return rest(own);
}

function rest(own: object): string {
  const text = JSON.stringify(own);
  return text === '{}' ? '' : `,${text.slice(1, -1)}`;
}

function optional(name: string, value: number | undefined): string {
  return value === undefined ? '' : `,"${name}":${value}`;
}

/** Most strings here are plain words, which need no escaping. */
function quote(text: string): string {
  return /^[\w .:/+-]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}
