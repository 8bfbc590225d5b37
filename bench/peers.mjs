// One graph of jobs of `true` for each of the programs that `engine.mjs` compares.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Each job waits for the one fifty before it: wide enough for all workers, and not just a heap of jobs. */
export function writeWorkflow(folder, size, workers) {
  const jobs = Array.from({ length: size }, (_, index) => ({
    id: `job${index}`,
    command: 'true',
    dependencies: index < 50 ? [] : [`job${index - 50}`],
  }));
  const workflow = { version: 2, application_name: 'bench', parallel: true, max_workers: workers, jobs };
  writeFileSync(join(folder, 'workflow.json'), JSON.stringify(workflow));
  for (const [name, command] of [
    ['plain', (_id) => 'true'],
    ['logged', (id) => `true > logs/${id}.log 2>&1`],
  ]) {
    writeFile(folder, `ninja-${name}`, 'build.ninja', ninja(jobs, command('$out')));
    writeFile(folder, `make-${name}`, 'Makefile', makefile(jobs, command('$@')));
  }
  writeFileSync(join(folder, 'list'), jobs.map(({ id }) => `${id}\n`).join(''));
  writeFileSync(join(folder, 'dodo.py'), dodo(jobs));
  writeFileSync(join(folder, 'Snakefile'), snakefile(jobs));
}

function writeFile(folder, subfolder, name, text) {
  mkdirSync(join(folder, subfolder, 'logs'), { recursive: true });
  writeFileSync(join(folder, subfolder, name), text);
}

function ninja(jobs, command) {
  const builds = jobs.map(({ id, dependencies }) => `build ${id}: job ${dependencies.join(' ')}`);
  return `rule job\n  command = ${command}\n${builds.join('\n')}\n`;
}

function makefile(jobs, command) {
  const ids = jobs.map(({ id }) => id).join(' ');
  const rules = jobs.map(({ id, dependencies }) => `${id}: ${dependencies.join(' ')}\n\t@${command}\n`);
  return `.PHONY: all ${ids}\nall: ${ids}\n${rules.join('')}`;
}

function dodo(jobs) {
  return `JOBS = ${JSON.stringify(jobs.map(({ id, dependencies }) => [id, dependencies]))}

def task_all():
    for id, dependencies in JOBS:
        yield {'basename': id, 'actions': ['true'], 'task_dep': dependencies}
`;
}

/** It thinks in files, so each job leaves an empty one. */
function snakefile(jobs) {
  const rules = jobs.map(
    ({ id, dependencies }) => `rule ${id}:
    input: ${JSON.stringify(dependencies.map((each) => `done/${each}`))}
    output: touch("done/${id}")
    shell: "true"
`,
  );
  return `rule all:\n    input: ${JSON.stringify(jobs.map(({ id }) => `done/${id}`))}\n${rules.join('')}`;
}
