import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const engine = fileURLToPath(new URL('../../../engine/bin/executioner-engine.js', import.meta.url));

// How long they take is told apart by enough for any machine: tables are ordered by it.
const scripts = {
  'extract.sh': 'sleep 0.8; echo extracted 120 rows\n',
  'load.sh':
    'sleep 0.4; echo "loading $1"\nif [ "$1" != orders ]; then\n  echo "ERROR: relation \\"$1\\" does not exist" >&2\n  echo rolling back >&2\n  exit 3\nfi\necho "loaded 120 rows"\n',
  'report.sh': 'sleep 0.2; echo report written\n',
  'mail.sh': 'echo mail sent\n',
};

/** The runs of which the guides tell: five nights of a workflow went well; then somebody changed the command of `load`. */
export function makeNights(folder: string): void {
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}`);
    chmodSync(join(folder, name), 0o755);
  }
  for (const table of ['orders', 'orders', 'orders', 'orders', 'orders', 'order', 'order'])
    night(folder, table);
}

function night(folder: string, table: string): void {
  const file = join(folder, 'nightly.json');
  const workflow = {
    version: 2,
    application_name: 'nightly',
    working_dir: folder,
    on_failure: 'continue',
    jobs: [
      { id: 'extract', command: './extract.sh' },
      {
        id: 'load',
        command: `./load.sh ${table}`,
        dependencies: ['extract'],
        max_retries: 1,
        retry_delay: 0.3,
        retry_on_exit_codes: [3],
      },
      { id: 'report', command: './report.sh', dependencies: ['load'] },
      { id: 'mail', command: './mail.sh', dependencies: ['report'] },
    ],
  };
  writeFileSync(file, JSON.stringify(workflow));
  const env = { ...process.env, EXECUTIONER_HOME: join(folder, 'state'), TZ: 'UTC' };
  spawnSync(process.execPath, [engine, file], { cwd: folder, env });
}
