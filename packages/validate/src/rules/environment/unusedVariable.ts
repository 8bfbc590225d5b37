import type { EnvLayer } from '@executioner/core';
import { literalOf } from '../../shell/word.ts';
import type { Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';
import { originOfVariable } from './layerOrigin.ts';

/** Variables that the shell and programs of the base system heed by themselves. */
const heeded =
  /^(?:PATH|HOME|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TMP|TEMP|IFS|ENV|BASH_ENV|SHELL|TERM|COLUMNS|LINES|LD_\w+|POSIXLY_CORRECT|CDPATH|PWD|OLDPWD|USER|LOGNAME|GREP_\w+|LS_\w+|BLOCK_SIZE|BLOCKSIZE|TIME_STYLE|GZIP|XZ_\w+|MALLOC_\w+|_JAVA_OPTIONS)$/;

export const unusedVariable: Rule = {
  code: 'I508',
  title: 'Variable that nothing uses',
  severity: 'info',
  explanation:
    'No command, value, path or check refers to the variable, and every job that gets it runs nothing but programs of which it is known that they do not look at it. As soon as one of the jobs runs another program, which may read its environment, nothing is reported.',
  remedy: 'Remove the variable, or use it.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nenv_variables:\n  STAGE: test\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
    mended: 'version: 2\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
  },
  check(subject, report) {
    const jobsByLayer = new Map<EnvLayer, JobSubject[]>();
    /** Layers of which nobody can tell who reads them. */
    const read = new Set<EnvLayer>();
    const tell = (layer: EnvLayer, jobs: readonly JobSubject[]): void => {
      const elsewhere = subject.once(otherTexts);
      for (const name of Object.keys(layer.variables)) {
        if (heeded.test(name) || elsewhere.includes(name)) continue;
        if (jobs.some((job) => isNamedIn(name, job))) continue;
        report({
          message: `nothing uses the variable "${name}"`,
          place: { origin: originOfVariable(layer, name, jobs[0]!, subject), part: 'key' },
          ...(layer.scope === 'job' && { job: jobs[0]!.job.id }),
          hint: 'remove it, or use it',
        });
      }
    };
    return {
      job(job) {
        const { env } = job.job;
        if (env.length === 0) return;
        const isRead = mayReadEnvironment(job);
        for (const layer of env) {
          // A layer of the job alone is told of at once, and then not asked for again.
          if (layer.scope === 'job') {
            if (!isRead) tell(layer, [job]);
          } else if (isRead) read.add(layer);
          else if (!read.has(layer)) addTo(jobsByLayer, layer, job);
        }
      },
      end() {
        for (const [layer, jobs] of jobsByLayer) if (!read.has(layer)) tell(layer, jobs);
      },
    };
  },
};

function addTo(jobsByLayer: Map<EnvLayer, JobSubject[]>, layer: EnvLayer, job: JobSubject): void {
  const known = jobsByLayer.get(layer);
  if (known === undefined) jobsByLayer.set(layer, [job]);
  else known.push(job);
}

function mayReadEnvironment({ facts, job }: JobSubject): boolean {
  if (facts === undefined) return job.command !== '';
  if (facts.readsForeignCode) return true;
  for (const { name, program } of facts.invocations) {
    if (program === undefined) return true;
    if (program.readsEnvironment && !facts.functions.has(literalOf(name)!)) return true;
  }
  return false;
}

function isNamedIn(name: string, { job }: JobSubject): boolean {
  return (
    job.command.includes(name) ||
    job.workingDir.includes(`\${${name}}`) ||
    job.env.some(({ variables }) =>
      Object.values(variables).some((value) => value.includes(`\${${name}}`)),
    ) ||
    JSON.stringify([job.preChecks, job.postChecks, job.inputs, job.outputs]).includes(name)
  );
}

/** Texts of the configuration as a whole in which variables are replaced. */
function otherTexts({ configuration: { email, notifications, logDir } }: Subject): string {
  return JSON.stringify([email, notifications, logDir]);
}
