import type { Definitions } from './definitions.ts';
import type { Findings } from './findings.ts';
import type { ConfigurationHost } from './host.ts';
import { checkNamedChecks } from './jobRules.ts';
import type { RawConfiguration } from './schema/index.ts';
import { hasMisspelledJobs } from './shape/unknownKey.ts';
import type { Inclusion, SourceFile } from './sourceFile.ts';

/** What the schema cannot say of files. `root` is the tree of includes. */
export function checkFiles(
  root: Inclusion,
  definitions: Definitions,
  host: ConfigurationHost,
  findings: Findings,
): void {
  checkRoot(root.source, findings);
  const visited = new Set<SourceFile>();
  const visit = ({ source, children }: Inclusion): void => {
    if (visited.has(source)) return;
    visited.add(source);
    checkFile(source, host, findings);
    checkNamedChecks(source, definitions, findings);
    if (source !== root.source) reportSettingsWithoutEffect(source, findings);
    children.forEach(visit);
  };
  visit(root);
}

function checkRoot({ raw, file, version, document }: SourceFile, findings: Findings): void {
  const isWritten = (key: string): boolean => Object.hasOwn(document.value as object, key);
  // With version 2 a misspelled key is an error of its own.
  const isMisspelled = version === 2 && hasMisspelledJobs(document.value as object);
  if (!isWritten('jobs') && !isWritten('include') && !isMisspelled) {
    findings.add({
      code: 'E208',
      message: 'the workflow has no "jobs"',
      place: { file, path: [] },
      hint: 'add "jobs": a list of jobs, each with "id" and "command"',
    });
  }
  if (raw.jobs?.length === 0 && raw.include === undefined && !buildingBlocks.some(isWritten)) {
    findings.add({ code: 'W207', message: 'the list of jobs is empty', place: { file, path: ['jobs'] } });
  }
  if (version === 1 && !isWritten('working_dir')) {
    findings.add({
      code: 'W205',
      message: 'the file has no "working_dir"; jobs run in the folder of the file',
      place: { file, path: [] },
      hint: 'add "working_dir" with an absolute path, or "version": 2, where the folder of the file is the rule',
    });
  }
}

/** What other files include a file for that has no jobs. */
const buildingBlocks = ['job_templates', 'checks', 'env_sets'];

function checkFile(source: SourceFile, host: ConfigurationHost, findings: Findings): void {
  const { raw, file, version } = source;
  const workingDir = raw.working_dir;
  if (
    version === 1 &&
    workingDir !== undefined &&
    !/^(~|\$\{)/.test(workingDir) &&
    !host.isAbsolute(workingDir)
  ) {
    findings.add({
      code: 'W206',
      message: `"working_dir" is the relative path "${workingDir}"; it is seen from the folder of the file`,
      place: { file, path: ['working_dir'] },
      hint: 'write an absolute path, or add "version": 2, where relative ones are the rule',
    });
  }
  if (version === 1) reportFlagVariables(source, findings);
  if (raw.dependency_plugins !== undefined && raw.dependency_plugins.length > 0) {
    findings.add({
      code: 'W802',
      message: '"dependency_plugins" are Python modules, which are not loaded',
      place: { file, path: ['dependency_plugins'], part: 'key' },
      hint: 'port them to a check plug-in: a program or a JavaScript module, named by its path in "pre_checks"',
    });
  }
}

/** `true` for a variable is ambiguous: version 1 made "True" of it, most people mean "true". */
function reportFlagVariables({ raw, file }: SourceFile, findings: Findings): void {
  const report = (
    variables: RawConfiguration['env_variables'],
    path: (string | number)[],
    job?: string,
  ): void => {
    for (const name in variables) {
      const value = variables[name];
      if (typeof value !== 'boolean') continue;
      const text = value ? 'True' : 'False';
      findings.add({
        code: 'W501',
        message: `variable "${name}" is the flag ${value}; jobs see the text "${text}"`,
        place: { file, path: [...path, name] },
        ...(job !== undefined && { job }),
        hint: `write "${text}" or "${value}" in quotes`,
        fixes: [
          {
            kind: 'fix',
            title: `write "${text}"`,
            edits: [{ place: { file, path: [...path, name] }, by: text }],
          },
        ],
      });
    }
  };
  report(raw.env_variables, ['env_variables']);
  for (const [name, variables] of Object.entries(raw.env_sets ?? {})) report(variables, ['env_sets', name]);
  raw.jobs?.forEach((job, index) => {
    if (job?.env_variables !== undefined) report(job.env_variables, ['jobs', index, 'env_variables'], job.id);
  });
}

/** The settings of a run, which are taken from the root file alone. */
const runSettings = [
  'parallel',
  'max_workers',
  'on_failure',
  'inherit_shell_env',
  'allow_shell',
  'log_dir',
  'log_retention',
  'email_address',
  'email_on_success',
  'email_on_failure',
  'smtp_server',
  'smtp_port',
  'smtp_user',
  'smtp_password',
  'notifications',
  'schedule',
  'security_policy',
  'security_level',
  'command_whitelist',
  'command_allowlist_patterns',
  'workspace_paths',
  'database',
] as const satisfies readonly (keyof RawConfiguration)[];

function reportSettingsWithoutEffect({ raw, file }: SourceFile, findings: Findings): void {
  const [first, ...further] = runSettings.filter((key) => raw[key] !== undefined);
  if (first === undefined) return;
  findings.add({
    code: 'I203',
    message: `in an included file these have no effect: ${[first, ...further].map((key) => `"${key}"`).join(', ')}`,
    place: { file, path: [first], part: 'key' },
    hint: 'settings of the run are taken from the first file alone',
  });
}
