import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type {
  ErroredReport,
  ExitedReport,
  Launcher,
  LauncherListener,
  LauncherOptions,
  LaunchRequest,
  Spool,
  StartedReport,
} from '../../src/launcher/index.ts';
import type { LaunchRecord } from '../../src/launcher/protocol.ts';
import { removeFolder } from '../removeFolder.ts';

/** Makes a launcher; what the conformance suite is run with. */
export type LauncherFactory = (options: LauncherOptions, listener: LauncherListener) => Launcher;

const temporary: string[] = [];

/** A folder that lives as long as the tests of this file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'executioner-'));
  temporary.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of temporary.splice(0)) removeFolder(folder);
}

/** Bundles today's source, so that no test runs yesterday's build; returns the path. */
export async function bundle(source: 'launcher' | 'engine'): Promise<string> {
  const entry = source === 'launcher' ? '../../src/launcher/main.ts' : './fixtures/engine.ts';
  const folder = temporaryFolder();
  const outfile = join(folder, `${source}.mjs`);
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));
  await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['koffi'],
    logLevel: 'error',
  });
  return outfile;
}

/** Polls until `look` finds something; fails after two minutes, with what it looked at. */
export async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  const deadlineMs = performance.now() + 120_000;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found as T;
    if (performance.now() > deadlineMs) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * Makes tokens that no other process of this machine carries, whatever another test left behind: a launcher takes
 * whoever carries a token for a process of that job.
 */
export function tokenSuffix(): string {
  return `@${process.pid}.${performance.timeOrigin}.${++suffixes}`;
}

let suffixes = 0;

/** A launcher with everything it has told, for one test. Its tokens are made unique on the way in and plain on the way out. */
export interface LauncherRig {
  readonly launcher: Launcher;
  /** What makes its tokens unique. */
  readonly suffix: string;
  readonly runFolder: string;
  readonly reports: readonly Report[];
  /** Starts `/bin/sh -c command`. */
  sh(token: string, command: string, more?: Partial<LaunchRequest>): void;
  started(token: string): Promise<StartedReport>;
  exited(token: string): Promise<ExitedReport>;
  errored(token: string): Promise<ErroredReport>;
  /** Starts a command, waits for its end and returns both. */
  run(token: string, command: string, more?: Partial<LaunchRequest>): Promise<Ended>;
  records(): LaunchRecord[];
  lost(): Promise<string>;
}

export interface Ended {
  readonly end: ExitedReport['end'];
  readonly output: string;
  readonly report: ExitedReport;
}

export type Report =
  | ({ readonly type: 'started' } & StartedReport)
  | ({ readonly type: 'exited' } & ExitedReport)
  | ({ readonly type: 'errored' } & ErroredReport)
  | { readonly type: 'lost'; readonly message: string };

const baseEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin' };

export function startRig(
  factory: LauncherFactory,
  entry: string,
  options: Partial<LauncherOptions> = {},
): LauncherRig {
  const runFolder = options.runFolder ?? temporaryFolder();
  const reports: Report[] = [];
  const suffix = tokenSuffix();
  const plain = <T extends { readonly token: string }>(report: T): T => ({
    ...report,
    token: report.token.replace(suffix, ''),
  });
  const listener: LauncherListener = {
    started: (report) => void reports.push({ type: 'started', ...plain(report) }),
    exited: (report) => void reports.push({ type: 'exited', ...plain(report) }),
    errored: (report) => void reports.push({ type: 'errored', ...plain(report) }),
    lost: (message) => void reports.push({ type: 'lost', message }),
  };
  const launcher = factory({ runFolder, attempt: 1, entry, env: baseEnvironment, ...options }, listener);

  async function report<K extends Report['type']>(
    type: K,
    token?: string,
  ): Promise<Extract<Report, { type: K }>> {
    return until(`"${type}" of ${token} among ${JSON.stringify(reports)}`, () =>
      reports.find(
        (each): each is Extract<Report, { type: K }> =>
          each.type === type && (token === undefined || ('token' in each && each.token === token)),
      ),
    );
  }
  function sh(token: string, command: string, more: Partial<LaunchRequest> = {}): void {
    const argv = ['/bin/sh', '-c', command];
    launcher.launch({
      token: token + suffix,
      run: 12,
      job: 'load',
      try: 1,
      argv,
      cwd: runFolder,
      env: baseEnvironment,
      ...more,
    });
  }
  return {
    launcher: { ...launcher, signal: (token, signal) => launcher.signal(token + suffix, signal) },
    suffix,
    runFolder,
    reports,
    sh,
    started: (token) => report('started', token),
    exited: (token) => report('exited', token),
    errored: (token) => report('errored', token),
    async run(token, command, more) {
      sh(token, command, more);
      const ended = await report('exited', token);
      return { end: ended.end, output: outputOf(ended).toString(), report: ended };
    },
    records: () => readRecords(runFolder).map((record) => ('token' in record ? plain(record) : record)),
    lost: async () => (await report('lost')).message,
  };
}

export function outputOf({ spool, spoolEnd }: { readonly spool: Spool; readonly spoolEnd: number }): Buffer {
  return readFileSync(spool.path).subarray(spool.offset, spoolEnd);
}

/** The whole lines of the launch records; none while there is no file. */
export function readRecords(runFolder: string, attempt = 1): LaunchRecord[] {
  let text: string;
  try {
    text = readFileSync(join(runFolder, `launch.${attempt}.ndjson`), 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as LaunchRecord);
}
