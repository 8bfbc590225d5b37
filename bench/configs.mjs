// Realistic workflows of any size, the same for the same seed: what the benchmarks of reading work on.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../packages/core/package.json', import.meta.url));

/** A workflow of `jobCount` jobs with descriptions, commands, dependencies, environments, limits and checks. */
export function workflow(jobCount, seed = 1) {
  const random = createRandom(seed);
  return {
    application_name: 'nightly_load',
    working_dir: '/opt/executioner',
    parallel: true,
    max_workers: 8,
    env_variables: { ORACLE_HOME: '/opt/oracle/19c', NLS_LANG: 'AMERICAN_AMERICA.AL32UTF8' },
    jobs: Array.from({ length: jobCount }, (_, index) => job(index, random)),
  };
}

/** The workflow as people write it in YAML: block style, strings plain where they can be. */
export function toYaml(configuration) {
  return require('yaml').stringify(configuration, { lineWidth: 0, aliasDuplicateObjects: false });
}

function job(index, random) {
  const id = `PR_${100_000 + index}`;
  const result = {
    id,
    description: `Running ${id}.sql for schema ${pick(random, schemas)}, part ${1 + below(random, 9)}`,
    command: pick(random, commands).replaceAll('%', id),
    dependencies: dependencies(index, random),
    timeout: pick(random, [60, 600, 3600, 10_800]),
  };
  if (below(random, 3) === 0)
    result.env_variables = { TARGET: `uiis0${below(random, 9)}`, BATCH: String(below(random, 500)) };
  if (below(random, 4) === 0)
    Object.assign(result, { max_retries: 1 + below(random, 3), retry_delay: 30, retry_backoff: 1.5 });
  if (below(random, 3) === 0)
    result.post_checks = [{ name: 'check_no_ora_errors', params: { log_file: `./logs/*${id}*.log` } }];
  return result;
}

const schemas = ['SALES', 'FINANCE', 'HR', 'REPORTING', 'STAGE'];
const commands = [
  'sqlplus /nolog @%.sql $(authlookup -u uii0@uiis03 -p) # Run as uii0',
  'python3 load.py --file /data/in/%.csv --mode \'full\' && echo "done: %"',
  './scripts/copy.sh %',
  'find /data/out -name "%*" -mtime +7 -delete',
  'set -e\ngunzip -c /data/in/%.gz > /tmp/%\nsqlldr control=%.ctl data=/tmp/%\n',
];

/** Up to three earlier jobs, mostly near ones. */
function dependencies(index, random) {
  const count = Math.min(index, below(random, 4));
  const earlier = Array.from({ length: count }, () => index - 1 - below(random, Math.min(index, 50)));
  return [...new Set(earlier)].sort((a, b) => a - b).map((at) => `PR_${100_000 + at}`);
}

/** mulberry32 (Tommy Ettinger, 2017). */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function below(random, limit) {
  return Math.floor(random() * limit);
}

function pick(random, items) {
  return items[below(random, items.length)];
}
