import { ByteCursor, NamePool } from './byteCursor.ts';
import type { JournalEvent, Outcome } from './event.ts';

type JobFields = Pick<
  Extract<JournalEvent, { type: 'job.output' }>,
  'seq' | 't' | 'm' | 'run' | 'attempt' | 'job' | 'round' | 'try'
>;

/** What a line turned out to be: an event, or only the number of one that nobody waits for. */
export type HotLine = JournalEvent | number | undefined;

/**
 * Reads the lines that most of a journal consists of, a job's way from its start to its end, from their bytes. Gives
 * just what JSON.parse gives, and undefined of every line that is not character by character as `lineSerializer`
 * writes these: that one is for JSON.parse.
 */
export class HotLines {
  readonly #cursor = new ByteCursor();
  readonly #minutes = new NamePool();
  readonly #jobs = new NamePool();
  readonly #commands = new NamePool();
  readonly #definitions = new NamePool();
  readonly #statuses = new NamePool();
  readonly #skipped: readonly Uint8Array[];

  /** Of the types in `skip` only the numbers are read. */
  constructor(skip: ReadonlySet<string>) {
    this.#skipped = Array.from(skip, (type) => encoded(`${type}"`));
  }

  /** `text` must be the bytes decoded, with a character for each byte. */
  readIn(bytes: Uint8Array, text: string): void {
    this.#cursor.readIn(bytes, text);
  }

  /** The line between two offsets, its newline not included. */
  line(start: number, end: number): HotLine {
    const cursor = this.#cursor;
    cursor.goTo(start, end);
    cursor.expect(part.seq);
    const seq = cursor.integer();
    cursor.expect(part.t);
    const t = cursor.time(this.#minutes);
    cursor.expect(part.m);
    const m = cursor.integer();
    cursor.expect(part.run);
    const run = cursor.integer();
    cursor.expect(part.attempt);
    const attempt = cursor.integer();
    cursor.expect(part.type);
    if (cursor.hasFailed) return undefined;
    if (this.#isSkipped()) return cursor.endsWith(brace) ? seq : undefined;
    const read = this.#readerOfType();
    if (read === undefined) return undefined;
    cursor.expect(part.job);
    const job = cursor.name(this.#jobs);
    cursor.expect(part.round);
    const round = cursor.integer();
    cursor.expect(part.try);
    const event = read.call(this, { seq, t, m, run, attempt, job, round, try: cursor.integer() });
    cursor.expect(part.end);
    return cursor.isDone ? event : undefined;
  }

  #isSkipped(): boolean {
    for (const type of this.#skipped) if (this.#cursor.skips(type)) return true;
    return false;
  }

  #readerOfType(): ((fields: JobFields) => JournalEvent) | undefined {
    if (this.#cursor.skips(part.exited)) return this.#exited;
    if (this.#cursor.skips(part.finished)) return this.#finished;
    if (this.#cursor.skips(part.starting)) return this.#starting;
    if (this.#cursor.skips(part.started)) return this.#started;
    return undefined;
  }

  #starting({ seq, t, m, run, attempt, job, round, try: tried }: JobFields): JournalEvent {
    const type = 'job.starting';
    const cursor = this.#cursor;
    cursor.expect(part.token);
    const token = cursor.string();
    cursor.expect(part.command);
    const command_hash = cursor.name(this.#commands);
    cursor.expect(part.definition);
    const definition_hash = cursor.name(this.#definitions);
    cursor.expect(part.limit);
    const limit_ms = cursor.integer();
    // biome-ignore format: as the fields stand in the line
    return { v: 1, seq, t, m, run, attempt, type, job, round, try: tried, token, command_hash, definition_hash, limit_ms };
  }

  #started({ seq, t, m, run, attempt, job, round, try: tried }: JobFields): JournalEvent {
    const type = 'job.started';
    const cursor = this.#cursor;
    cursor.expect(part.pid);
    const pid = cursor.integer();
    cursor.expect(part.ticks);
    const ticks = cursor.integer();
    return { v: 1, seq, t, m, run, attempt, type, job, round, try: tried, pid, ticks };
  }

  #exited({ seq, t, m, run, attempt, job, round, try: tried }: JobFields): JournalEvent {
    const type = 'job.exited';
    const cursor = this.#cursor;
    cursor.expect(part.exitCode);
    const exit_code = cursor.integer();
    cursor.expect(part.cpu);
    const cpu_ms = cursor.integer();
    cursor.expect(part.memory);
    const end = { exit_code, cpu_ms, max_rss_kb: cursor.integer() };
    cursor.expect(part.end);
    return { v: 1, seq, t, m, run, attempt, type, job, round, try: tried, end };
  }

  #finished({ seq, t, m, run, attempt, job, round, try: tried }: JobFields): JournalEvent {
    const type = 'job.finished';
    const cursor = this.#cursor;
    cursor.expect(part.status);
    const status = cursor.name(this.#statuses) as Exclude<Outcome, 'skipped'>;
    cursor.expect(part.duration);
    const duration_ms = cursor.integer();
    cursor.expect(part.tries);
    const tries = cursor.integer();
    return { v: 1, seq, t, m, run, attempt, type, job, round, try: tried, status, duration_ms, tries };
  }
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const brace = 0x7d;

/** What the writer puts between the values, by the value that follows. */
const part = {
  seq: encoded('{"v":1,"seq":'),
  t: encoded(',"t":"'),
  m: encoded('","m":'),
  run: encoded(',"run":'),
  attempt: encoded(',"attempt":'),
  type: encoded(',"type":"'),
  exited: encoded('job.exited"'),
  finished: encoded('job.finished"'),
  starting: encoded('job.starting"'),
  started: encoded('job.started"'),
  job: encoded(',"job":"'),
  round: encoded('","round":'),
  try: encoded(',"try":'),
  token: encoded(',"token":"'),
  command: encoded('","command_hash":"'),
  definition: encoded('","definition_hash":"'),
  limit: encoded('","limit_ms":'),
  pid: encoded(',"pid":'),
  ticks: encoded(',"ticks":'),
  exitCode: encoded(',"end":{"exit_code":'),
  cpu: encoded(',"cpu_ms":'),
  memory: encoded(',"max_rss_kb":'),
  status: encoded(',"status":"'),
  duration: encoded('","duration_ms":'),
  tries: encoded(',"tries":'),
  end: encoded('}'),
};
