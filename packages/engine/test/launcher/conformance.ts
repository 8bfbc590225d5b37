import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SpawnerName } from '../../src/launcher/index.ts';
import { startTicks } from '../../src/runs/index.ts';
import { parseProcessStat } from '../../src/runs/processIdentity.ts';
import {
  bundle,
  type LauncherFactory,
  type LauncherRig,
  outputOf,
  removeTemporaryFolders,
  startRig,
  temporaryFolder,
  tokenSuffix,
  until,
} from './rig.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;

/** What every launcher must do; run it with each of them. */
export function describeLauncher(name: SpawnerName, factory: LauncherFactory): void {
  describe(`launcher: ${name}`, () => {
    let entry = '';
    const rigs: LauncherRig[] = [];

    beforeAll(async () => {
      entry = await bundle('launcher');
    });
    afterAll(async () => {
      await Promise.all(rigs.map(({ launcher }) => launcher.close()));
      removeTemporaryFolders();
    });

    function rig(options: Parameters<typeof startRig>[2] = {}): LauncherRig {
      const made = startRig(factory, entry, options);
      rigs.push(made);
      return made;
    }

    describe('the end of a job', () => {
      test.each([
        ['true', { exit_code: 0 }],
        ['exit 3', { exit_code: 3 }],
        ['exit 255', { exit_code: 255 }],
        ['exit 137', { exit_code: 137 }],
        ['kill -KILL $$', { signal: 'SIGKILL' }],
        ['kill -TERM $$', { signal: 'SIGTERM' }],
        ['kill -SEGV $$', { signal: 'SIGSEGV' }],
        ['exec sh -c "exit 4"', { exit_code: 4 }],
        ['sh -c "kill -KILL \\$\\$"; exit $?', { exit_code: 137 }],
      ])('of %j is %j, never mixed up', async (command, end) => {
        const { end: seen } = await rig().run('t', command);
        expect(withoutAccounting(seen)).toEqual(end);
      });

      test('is reported for each of many that end at once, each once', async () => {
        const { sh, exited, reports } = rig();
        const tokens = Array.from({ length: 60 }, (_, index) => `t${index}`);
        for (const [index, token] of tokens.entries()) sh(token, `exit ${index}`);
        const codes = await Promise.all(tokens.map(async (token) => (await exited(token)).end.exit_code));
        expect(codes).toEqual(tokens.map((_, index) => index));
        expect(reports.filter(({ type }) => type === 'exited')).toHaveLength(60);
      });
    });

    describe('output', () => {
      test('of both streams arrives in the order in which it was written', async () => {
        const { output } = await rig().run('t', 'echo 1; echo 2 >&2; echo 3; printf 4 >&2');
        expect(output).toBe('1\n2\n3\n4');
      });

      test('that is not UTF-8 stays as it is', async () => {
        const { report } = await rig().run('t', "printf '\\377\\376\\000\\300\\257x'");
        expect([...outputOf(report)]).toEqual([0xff, 0xfe, 0x00, 0xc0, 0xaf, 0x78]);
      });

      test('of a megabyte is whole', async () => {
        const { report } = await rig().run('t', 'yes 0123456789abcde | head -c 1048576');
        expect(outputOf(report).equals(Buffer.from('0123456789abcde\n'.repeat(65536)))).toBe(true);
      });

      test('goes to one file for jobs that follow each other, which only its owner can read', async () => {
        const made = rig();
        const first = await made.run('t1', 'echo one');
        const second = await made.run('t2', 'echo two');
        expect(second.output).toBe('two\n');
        expect(second.report.spool).toEqual({ path: first.report.spool.path, offset: first.report.spoolEnd });
        expect(statSync(first.report.spool.path).mode & 0o777).toBe(0o600);
      });

      test('goes to different files for jobs that run at the same time', async () => {
        const { sh, started, launcher } = rig();
        sh('t1', 'sleep 1000');
        sh('t2', 'sleep 1000');
        const paths = [(await started('t1')).spool.path, (await started('t2')).spool.path];
        expect(new Set(paths).size).toBe(2);
        for (const token of ['t1', 't2']) launcher.signal(token, 'SIGKILL');
      });

      test('goes to a fresh file once the old one has grown large', async () => {
        const made = rig({ spoolBytesMax: 10 });
        const first = await made.run('t1', 'echo 0123456789');
        const second = await made.run('t2', 'echo two');
        expect([first.report.spoolRetired, second.report.spoolRetired]).toEqual([true, false]);
        expect([second.output, second.report.spool.offset]).toEqual(['two\n', 0]);
      });
    });

    describe('a job', () => {
      test('has nothing on its standard input', async () => {
        expect((await rig().run('t', 'cat; echo end')).output).toBe('end\n');
      });

      onLinux('leads its own session and process group', async () => {
        const { output, report } = await rig().run('t', 'cat /proc/$$/stat');
        const { pid, group, session } = parseProcessStat(output)!;
        expect({ group, session }).toEqual({ group: pid, session: pid });
        expect(report.leftovers).toEqual([]);
      });

      onLinux('inherits no file of the launcher or the engine', async () => {
        const command = 'ls /proc/$$/fd';
        const handedDownToUs = spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8' }).stdout;
        expect((await rig().run('t', command)).output).toBe(handedDownToUs);
      });

      onLinux('has default signal dispositions and no signal blocked', async () => {
        const { output } = await rig().run('t', 'grep -E "Sig(Ign|Blk)" /proc/self/status');
        expect(output.split(/\s+/)).toEqual([
          'SigBlk:',
          '0000000000000000',
          'SigIgn:',
          '0000000000000000',
          '',
        ]);
      });

      test('sees its environment, the four names of ours and nothing else', async () => {
        const env = { PATH: '/usr/bin:/bin', TEXT: 'a "b" \'c\' $d\n  e\\', EMPTY: '', 'odd.name': 'ü' };
        const argv = ['/usr/bin/env', '-0'];
        const { run, suffix } = rig();
        const { output } = await run('12.1.7.1.2', '', { argv, env, job: 'a b', run: 12, try: 2 });
        expect(
          Object.fromEntries(output.split('\0').map((each) => each.split(/=(.*)/s).slice(0, 2))),
        ).toEqual({
          ...env,
          EXECUTIONER_RUN: '12',
          EXECUTIONER_JOB: 'a b',
          EXECUTIONER_TRY: '2',
          EXECUTIONER_TOKEN: `12.1.7.1.2${suffix}`,
          '': undefined,
        });
      });

      test('gets each argument as it is', async () => {
        const argv = ['/usr/bin/printf', '[%s]', '', 'a b', '$HOME `x` "', "'\n\\"];
        expect((await rig().run('t', '', { argv })).output).toBe('[][a b][$HOME `x` "][\'\n\\]');
      });

      test('is looked up in the PATH of its own environment', async () => {
        const folder = temporaryFolder();
        writeFileSync(join(folder, 'our-tool'), '#!/bin/sh\necho found\n', { mode: 0o755 });
        const { output } = await rig().run('t', '', {
          argv: ['our-tool'],
          env: { PATH: `${folder}:/usr/bin:/bin` },
        });
        expect(output).toBe('found\n');
      });

      test('runs in its folder', async () => {
        const cwd = join(temporaryFolder(), 'a folder "ü"');
        mkdirSync(cwd);
        expect((await rig().run('t', 'pwd -P', { cwd })).output).toMatch(/a folder "ü"\n$/);
      });
    });

    describe('a start that fails', () => {
      const unwritable = (folder: string, name: string, mode: number): string => {
        writeFileSync(join(folder, name), '#!/bin/sh\n', { mode });
        chmodSync(join(folder, name), mode);
        return join(folder, name);
      };

      test.each<[string, (folder: string) => object, string, RegExp]>([
        [
          'a folder that is missing',
          () => ({ cwd: '/no/such/folder' }),
          'ENOENT',
          /folder "\/no\/such\/folder"/,
        ],
        ['a folder that is a file', () => ({ cwd: '/etc/passwd' }), 'ENOTDIR', /folder "\/etc\/passwd"/],
        [
          'a shell that is missing',
          () => ({ argv: ['/bin/no-such-sh', '-c', 'true'] }),
          'ENOENT',
          /"\/bin\/no-such-sh"/,
        ],
        [
          'a program that is in no folder of PATH',
          () => ({ argv: ['no-such-program'] }),
          'ENOENT',
          /"no-such-program"/,
        ],
        [
          'a program that may not be executed',
          (folder) => ({ argv: [unwritable(folder, 'plain', 0o644)] }),
          'EACCES',
          /plain"/,
        ],
        [
          'a command beyond 128 KiB',
          () => ({ argv: ['/bin/sh', '-c', `: ${'x'.repeat(1 << 20)}`] }),
          'E2BIG',
          /too long/,
        ],
        ['a NUL in the command', () => ({ argv: ['/bin/sh', '-c', 'true \0'] }), 'EINVAL', /NUL/],
      ])('for %s has its errno and says what it was', async (_, request, errno, message) => {
        const { sh, errored, run, records } = rig();
        sh('t', 'true', request(temporaryFolder()));
        const { error } = await errored('t');
        expect(error).toEqual({ errno, message: expect.stringMatching(message) });
        expect(records().at(-1)).toMatchObject({ type: 'errored', token: 't', errno });
        expect(withoutAccounting((await run('u', 'exit 5')).end)).toEqual({ exit_code: 5 });
      });
    });

    test('a spool is used again once the engine has heard the end of its last try, never before', async () => {
      const { run, sh, started, exited, records, runFolder } = rig();
      const first = await run('first', 'echo first');
      sh('second', 'echo second; until [ -e go ]; do sleep 0.01; done');
      const second = await started('second');
      // The second try ends while this process hears nothing, and the third is asked for before it does.
      writeFileSync(join(runFolder, 'go'), '');
      const isOver = () => records().some((each) => each.type === 'exited' && each.token === 'second');
      while (!isOver()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      sh('third', 'echo third');
      const third = await started('third');
      await Promise.all([exited('second'), exited('third')]);
      expect(second.spool).toEqual({ path: first.report.spool.path, offset: 6 });
      expect(third.spool.path).not.toBe(second.spool.path);
    });

    describe('records', () => {
      test('are in the file before the engine is told', async () => {
        const runFolder = temporaryFolder();
        const late: object[] = [];
        const path = join(runFolder, 'launch.1.ndjson');
        const check = (type: string) => (report: { readonly token: string }) => {
          if (!readFileSync(path, 'utf8').includes(`"type":"${type}"`)) late.push(report);
          if (type !== 'started') seen++;
        };
        let seen = 0;
        const listener = {
          started: check('started'),
          exited: check('exited'),
          errored: check('errored'),
          lost: () => {},
        };
        const launcher = factory({ runFolder, attempt: 1, entry, env: {} }, listener);
        const request = { run: 1, job: 'a', try: 1, cwd: '/', env: {} };
        launcher.launch({ ...request, token: `t1${tokenSuffix()}`, argv: ['/bin/sh', '-c', 'true'] });
        await until('the first end', () => seen === 1);
        launcher.launch({ ...request, token: `t2${tokenSuffix()}`, argv: ['/no/such'] });
        await launcher.close();
        expect({ late, seen }).toEqual({ late: [], seen: 2 });
      });

      test('tell who, when started, where the output is and how it ended', async () => {
        const { run, records, launcher } = rig();
        const { report } = await run('t', 'echo hello; exit 2');
        await launcher.close();
        const ticks =
          process.platform === 'linux' ? { ticks: expect.any(Number), boot_id: expect.any(String) } : {};
        const t = expect.any(Number);
        const output = { spool: 'spool/1.0', offset: 0 };
        const [first, ...others] = records();
        expect(first).toEqual({
          type: 'launcher',
          v: 1,
          t,
          pid: launcher.pid,
          ...ticks,
          host: expect.any(String),
          spawner: name,
        });
        expect(others.map(plain)).toEqual([
          { type: 'launching', t, token: 't', job: 'load', ...output },
          { type: 'started', t, token: 't', pid: expect.any(Number), ...ticks, ...output },
          { type: 'exited', t, token: 't', status: 512, ...output, spool_end: 6 },
          { type: 'ended', t },
        ]);
        expect(report.spool.path).toBe(join(rigs.at(-1)!.runFolder, 'spool/1.0'));
        expect(statSync(join(rigs.at(-1)!.runFolder, 'launch.1.ndjson')).mode & 0o777).toBe(0o600);
      });

      onLinux('of a start carry the ticks of the very process', async () => {
        const { sh, started, launcher } = rig();
        sh('t', 'sleep 1000');
        const { pid, ticks } = await started('t');
        expect(ticks).toBe(startTicks(pid));
        launcher.signal('t', 'SIGKILL');
      });
    });

    describe('a token', () => {
      test('that has ended is answered with its old end and never started again', async () => {
        const { sh, run, reports, runFolder } = rig();
        const { report } = await run('t', 'echo ran >> ledger; exit 7');
        sh('t', 'echo ran >> ledger; exit 8');
        const ends = await until('the second answer', () => {
          const exits = reports.filter(({ type }) => type === 'exited');
          return exits.length === 2 && exits;
        });
        expect(ends).toEqual([
          { type: 'exited', ...report },
          { type: 'exited', ...report },
        ]);
        expect(readFileSync(join(runFolder, 'ledger'), 'utf8')).toBe('ran\n');
      });

      test('that could not be started is answered with its old error', async () => {
        const { sh, errored, reports } = rig();
        sh('t', 'true', { cwd: '/no/such' });
        const first = await errored('t');
        sh('t', 'true');
        const errors = await until('the second answer', () => {
          const found = reports.filter(({ type }) => type === 'errored');
          return found.length === 2 && found;
        });
        expect(errors).toEqual([
          { type: 'errored', ...first },
          { type: 'errored', ...first },
        ]);
      });

      test('that is running, or asked for twice at once, starts once', async () => {
        const { sh, started, exited, launcher, runFolder } = rig();
        const command = 'echo ran >> ledger; exec sleep 1000';
        sh('t', command);
        sh('t', command);
        await started('t');
        await until('the ledger', () => existsSync(join(runFolder, 'ledger')));
        sh('t', command);
        launcher.signal('t', 'SIGKILL');
        await exited('t');
        await launcher.close();
        expect(readFileSync(join(runFolder, 'ledger'), 'utf8')).toBe('ran\n');
      });
    });

    describe('signals', () => {
      test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR1', 'SIGKILL'] as const)(
        '%s reaches the job',
        async (signal) => {
          const { sh, started, exited, launcher } = rig();
          sh('t', 'exec sleep 1000');
          await started('t');
          launcher.signal('t', signal);
          expect(withoutAccounting((await exited('t')).end)).toEqual({ signal });
        },
      );

      test('a job that ignores SIGTERM goes on until SIGKILL', async () => {
        const { sh, exited, launcher, runFolder } = rig();
        sh('t', 'trap "echo got >> heard" TERM; echo ready > ready; while :; do sleep 0.01; done');
        await until('the trap', () => existsSync(join(runFolder, 'ready')));
        launcher.signal('t', 'SIGTERM');
        await until('the signal', () => existsSync(join(runFolder, 'heard')));
        launcher.signal('t', 'SIGKILL');
        expect(withoutAccounting((await exited('t')).end)).toEqual({ signal: 'SIGKILL' });
      });

      test('reach the children of the job', async () => {
        const { sh, exited, launcher, runFolder } = rig();
        sh('t', 'sleep 1000 & echo $! > child; wait');
        const child = await pidIn(join(runFolder, 'child'));
        launcher.signal('t', 'SIGTERM');
        await exited('t');
        await until('the end of the child', () => startTicks(child) === undefined);
      });

      onLinux('reach processes that left the group, and those that lost their token too', async () => {
        const { sh, exited, launcher, runFolder } = rig();
        sh(
          't',
          'setsid sh -c "echo \\$\\$ > other; exec sleep 1000" & env -i setsid sh -c "echo \\$\\$ > bare; exec sleep 1000" & wait',
        );
        const pids = [await pidIn(join(runFolder, 'other')), await pidIn(join(runFolder, 'bare'))];
        launcher.signal('t', 'SIGKILL');
        await exited('t');
        for (const pid of pids) await until(`the end of ${pid}`, () => startTicks(pid) === undefined);
      });

      test('to a token that never started are passed over', async () => {
        const { launcher, run } = rig();
        launcher.signal('nobody', 'SIGKILL');
        expect(withoutAccounting((await run('t', 'true')).end)).toEqual({ exit_code: 0 });
      });

      onLinux('to a stranger who has got the pid of an ended job are not sent', async () => {
        const { launcher, run, sh, started } = rig();
        await run('t1', 'true');
        sh('t2', 'exec sleep 1000');
        const { pid } = await started('t2');
        launcher.signal('t1', 'SIGKILL');
        expect((await run('t3', `kill -0 ${pid}`)).end).toMatchObject({ exit_code: 0 });
        launcher.signal('t2', 'SIGKILL');
      });
    });

    describe('leftovers', () => {
      const daemon =
        'setsid sh -c "trap : TERM; echo \\$\\$ > daemon; until [ -e speak ]; do sleep 0.01; done; echo late; echo spoken > spoken; exec sleep 1000" &';

      onLinux('are listed, and what they print later enters no other log', async () => {
        const { run, launcher, runFolder } = rig();
        const first = await run('t1', `${daemon} until [ -e daemon ]; do sleep 0.01; done; echo first`);
        const pid = await pidIn(join(runFolder, 'daemon'));
        expect(first.report.leftovers).toContain(pid);
        expect([first.output, first.report.spoolRetired]).toEqual(['first\n', true]);
        const second = await run('t2', 'touch speak; until [ -e spoken ]; do sleep 0.01; done; echo second');
        expect(second.output).toBe('second\n');
        expect(second.report.leftovers).toEqual([]);
        launcher.signal('t1', 'SIGKILL');
        await until('the end of the daemon', () => startTicks(pid) === undefined);
      });

      test('of the same process group are found too', async () => {
        const { run, launcher, runFolder } = rig();
        const { report } = await run('t', 'sleep 1000 & echo $! > child');
        const pid = await pidIn(join(runFolder, 'child'));
        expect(report.leftovers).toEqual([pid]);
        launcher.signal('t', 'SIGKILL');
        await until('the end of the child', () => startTicks(pid) === undefined);
      });

      onLinux('of a job that ran beside others are its own', async () => {
        const { run, sh, started, launcher } = rig();
        sh('beside', 'sleep 1000 & sleep 1000');
        await started('beside');
        const reports = [];
        for (let index = 0; index < 5; index++)
          reports.push((await run(`t${index}`, 'sh -c true')).report.leftovers);
        expect(reports).toEqual([[], [], [], [], []]);
        launcher.signal('beside', 'SIGKILL');
      });
    });

    describe('closing', () => {
      test('waits for the last job, and then the launcher is gone', async () => {
        const { sh, started, reports, launcher, runFolder } = rig();
        sh('t', 'until [ -e go ]; do sleep 0.01; done');
        await started('t');
        const closed = launcher.close();
        writeFileSync(join(runFolder, 'go'), '');
        await closed;
        expect(reports.map(({ type }) => type)).toEqual(['started', 'exited']);
        expect(() => process.kill(launcher.pid, 0)).toThrow('ESRCH');
      });

      test('a launcher that nobody used leaves at once', async () => {
        const { launcher, reports, records } = rig();
        await launcher.close();
        expect(reports).toEqual([]);
        expect(records().map(({ type }) => type)).toEqual(['launcher', 'ended']);
      });
    });

    describe('the launcher', () => {
      test('is not impressed by SIGTERM, SIGINT and SIGHUP', async () => {
        const { launcher, run } = rig();
        await run('t1', 'true');
        for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.kill(launcher.pid, signal);
        expect((await run('t2', 'exit 6')).end).toMatchObject({ exit_code: 6 });
      });

      test('that is killed is reported as lost', async () => {
        const { launcher, lost, run } = rig();
        await run('t', 'true');
        process.kill(launcher.pid, 'SIGKILL');
        expect(await lost()).toBe('the launcher ended unexpectedly (SIGKILL)');
      });

      test('that finds the records of another gives up', async () => {
        const runFolder = temporaryFolder();
        writeFileSync(join(runFolder, 'launch.1.ndjson'), '');
        const { lost } = rig({ runFolder });
        expect(await lost()).toContain('EEXIST');
        expect(readFileSync(join(runFolder, 'launch.1.ndjson'), 'utf8')).toBe('');
      });
    });
  });
}

function withoutAccounting({ exit_code, signal }: { exit_code?: number; signal?: string }): object {
  return signal === undefined ? { exit_code } : { signal };
}

function plain(record: object): object {
  const { cpu_ms, max_rss_kb, ...rest } = record as Record<string, unknown>;
  return rest;
}

async function pidIn(path: string): Promise<number> {
  return until(
    path,
    () => existsSync(path) && readFileSync(path, 'utf8').endsWith('\n') && Number(readFileSync(path, 'utf8')),
  );
}
