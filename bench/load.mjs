// Load = read, check against the schema, resolve, build the graph; measured against JSON.parse of the same data.
import { load } from '../packages/core/dist/index.js';

const sizes = [1000, 10_000, 100_000];
const goals = { JSON: 5, YAML: 20 };

export async function run() {
  const rows = [];
  for (const jobCount of sizes) {
    const configuration = workflow(jobCount);
    const json = JSON.stringify(configuration, null, 2);
    for (const [format, file, text] of [
      ['JSON', '/bench/workflow.json', json],
      ['YAML', '/bench/workflow.yaml', asYaml(configuration)],
    ]) {
      const { parseMs, loadMs, ratio } = compare(
        () => JSON.parse(json),
        () => expectValid(load({ file, text }, host), jobCount),
        Math.max(5, Math.min(40, 200_000 / jobCount)),
      );
      rows.push({
        name: `load ${jobCount.toLocaleString('en-GB')} jobs, ${format}`,
        figure: loadMs,
        unit: 'ms',
        yardstick: 'JSON.parse of the same data',
        yardstickFigure: parseMs,
        ratio,
        goal: `≤ ${goals[format]} ×`,
        met: ratio <= goals[format],
      });
    }
  }
  return rows;
}

/** In turns, so that a busy machine slows both alike; medians, of the ratio too. The first third warms up. */
function compare(parse, loadOnce, rounds) {
  const pairs = Array.from({ length: rounds }, () => [timed(parse), timed(loadOnce)]).slice(
    Math.floor(rounds / 3),
  );
  return {
    parseMs: median(pairs.map(([parseMs]) => parseMs)),
    loadMs: median(pairs.map(([, loadMs]) => loadMs)),
    ratio: median(pairs.map(([parseMs, loadMs]) => loadMs / parseMs)),
  };
}

function timed(action) {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function median(figures) {
  return figures.sort((a, b) => a - b)[figures.length >> 1];
}

const host = {
  folder: '/bench',
  home: '/home/bench',
  readFile: () => ({ ok: false, reason: 'missing' }),
  listFolder: () => [],
  glob: () => [],
  resolve: (folder, path) => (path.startsWith('/') ? path : `${folder}/${path}`),
  isAbsolute: (path) => path.startsWith('/'),
  folderOf: () => '/bench',
  nameOf: (path) => path.slice(path.lastIndexOf('/') + 1),
};

function expectValid(result, jobCount) {
  if (result.state !== 'valid' || result.configuration.jobs.length !== jobCount) {
    throw new Error(
      `the benchmark's own workflow is invalid: ${JSON.stringify(result.diagnostics.slice(0, 3))}`,
    );
  }
}

/** What people write: most jobs short, some with retries, checks, variables and tags; about two dependencies each. */
export function workflow(jobCount) {
  let state = 42;
  const below = (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const jobs = Array.from({ length: jobCount }, (_, index) => {
    const dependencies = new Set();
    for (let count = Math.min(index, below(4)); count > 0; count--) {
      dependencies.add(`load_table_${index - 1 - below(Math.min(index, 200))}`);
    }
    return {
      id: `load_table_${index}`,
      description: `Load table ${index} of the warehouse`,
      command: `python3 /opt/etl/load.py --table table_${index} --date "$BUSINESS_DATE"`,
      ...(dependencies.size > 0 && { dependencies: [...dependencies] }),
      ...(below(3) === 0 && { timeout: 600 + below(3000) }),
      ...(below(4) === 0 && { max_retries: 3, retry_delay: '30s' }),
      ...(below(4) === 0 && { env_variables: { TABLE: `table_${index}`, MODE: 'full' } }),
      ...(below(5) === 0 && { tags: ['nightly', `group${below(10)}`] }),
      ...(below(8) === 0 && { resources: { db_sessions: 1 } }),
      ...(below(6) === 0 && {
        pre_checks: [{ name: 'check_file_exists', params: { path: `/data/in/table_${index}.csv` } }],
      }),
    };
  });
  return {
    version: 2,
    application_name: 'warehouse',
    working_dir: '/opt/etl',
    parallel: true,
    max_workers: 8,
    resources: { db_sessions: 4 },
    env_variables: { BUSINESS_DATE: '2026-01-31' },
    jobs,
  };
}

/** Block style as people write it, lists of words in brackets. */
export function asYaml(value, indent = '') {
  return Object.entries(value)
    .map(([key, child]) => {
      if (Array.isArray(child) && child.every((entry) => typeof entry === 'string')) {
        return `${indent}${key}: [${child.join(', ')}]\n`;
      }
      if (Array.isArray(child)) {
        const entries = child.map((entry) => `${indent}  - ${asYaml(entry, `${indent}    `).trimStart()}`);
        return `${indent}${key}:\n${entries.join('')}`;
      }
      if (typeof child === 'object') return `${indent}${key}:\n${asYaml(child, `${indent}  `)}`;
      return `${indent}${key}: ${/^\d{4}-|"/.test(child) ? `'${child}'` : child}\n`;
    })
    .join('');
}
