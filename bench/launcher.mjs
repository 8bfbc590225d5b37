// Starting processes: jobs of `true` a second through the launcher, eight at a time, beside what
// child_process.spawn does in an empty Node.js without records, output files or a look for leftovers.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launcherPath, startLauncher } from '../packages/engine/dist/index.js';

const jobs = 2000;
const slots = 8;
const repetitions = 3;
const argv = ['/bin/sh', '-c', 'true'];
const env = { PATH: '/usr/local/bin:/usr/bin:/bin' };

/** The rows of the table; each figure is the best of several runs, taken in turns. */
export async function run() {
  const best = { fast: 0, portable: 0, bare: 0 };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    best.bare = Math.max(best.bare, await bareSpawn());
    for (const spawner of ['portable', 'fast'])
      best[spawner] = Math.max(best[spawner], await throughLauncher(spawner));
  }
  return ['portable', 'fast'].map((spawner) => ({
    name: `jobs of true through the ${spawner} launcher, ${slots} at a time`,
    figure: best[spawner],
    unit: 'jobs/s',
    yardstick: 'child_process.spawn alone',
    yardstickFigure: best.bare,
    ratio: best[spawner] / best.bare,
  }));
}

async function throughLauncher(spawner) {
  const runFolder = mkdtempSync(join(tmpdir(), 'executioner-bench-'));
  let launcher;
  const perSecond = await jobsPerSecond((ended, failed) => {
    launcher = startLauncher(
      { runFolder, attempt: 1, entry: launcherPath(), env: {}, spawner },
      { started() {}, exited: ended, errored: ({ error }) => failed(error), lost: failed },
    );
    return (number) =>
      launcher.launch({
        token: `1.1.${number}.1.1`,
        run: 1,
        job: `job_${number}`,
        try: 1,
        argv,
        cwd: runFolder,
        env,
      });
  });
  await launcher.close();
  rmSync(runFolder, { recursive: true, force: true });
  return perSecond;
}

function bareSpawn() {
  return jobsPerSecond((ended, failed) => () => {
    const child = spawn(argv[0], argv.slice(1), { env, detached: true, stdio: 'ignore' });
    child.on('exit', ended).on('error', failed);
  });
}

/** Keeps the slots full; the clock runs from the first end, so that coming up is not counted. */
function jobsPerSecond(prepare) {
  return new Promise((resolve, reject) => {
    let started = 0;
    let ended = 0;
    let firstEndMs = 0;
    const start = prepare(() => {
      if (++ended === 1) firstEndMs = performance.now();
      if (ended === jobs) resolve(((jobs - 1) * 1000) / (performance.now() - firstEndMs));
      else if (started < jobs) start(++started);
    }, reject);
    while (started < slots) start(++started);
  });
}
