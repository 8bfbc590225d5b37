export type LogLevel = 'INFO' | 'WARNING' | 'ERROR';

/** A line of the text logs, without its stamp. */
export interface LogLine {
  /**
   * `run`: the run log, the application log and the terminal. `application`: not the run log. `job`: the log of `job`.
   * `terminal`: shown only.
   */
  readonly to: 'run' | 'application' | 'job' | 'terminal';
  /** Milliseconds since 1970: when the event happened. */
  readonly atMs: number;
  readonly level: LogLevel;
  readonly message: string;
  /** The job concerned. */
  readonly job?: string;
}

/** What a line says and where, before time and job are added. */
export type Sentence = Pick<LogLine, 'to' | 'level' | 'message'>;

/** For the run log, the application log and the terminal. */
export function forRun(level: LogLevel, message: string): Sentence {
  return { to: 'run', level, message };
}

/** For the job's own log. */
export function forJob(level: LogLevel, message: string): Sentence {
  return { to: 'job', level, message };
}
