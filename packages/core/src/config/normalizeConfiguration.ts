import { parseDuration } from './duration.ts';
import type { ConfigurationHost } from './host.ts';
import type { Configuration, EmailSettings, EnvInheritance, LogRetention } from './model.ts';
import type { RawConfiguration } from './schema/index.ts';
import type { JobScope } from './scope.ts';
import { parseSize } from './size.ts';
import type { SourceFile } from './sourceFile.ts';

/** The settings of the run, all from the root file, around the jobs of all files. */
export function normalizeConfiguration(
  root: SourceFile,
  scope: JobScope,
  parts: Pick<Configuration, 'jobs' | 'resources' | 'secrets' | 'extra'>,
  host: ConfigurationHost,
): Configuration {
  const { raw } = root;
  const schedule = typeof raw.schedule === 'string' ? { cron: raw.schedule } : raw.schedule;
  return {
    version: root.version,
    applicationName: raw.application_name ?? nameWithoutEnding(root, host),
    description: raw.description ?? '',
    file: root.file,
    workingDir: scope.workingDir,
    logDir: raw.log_dir ?? './logs',
    parallel: raw.parallel ?? false,
    maxWorkers: raw.max_workers ?? 1,
    onFailure: raw.on_failure ?? 'stop',
    allowShell: raw.allow_shell ?? true,
    ...(raw.shell !== undefined && { shell: raw.shell }),
    envInheritance: envInheritance(raw.inherit_shell_env),
    email: emailSettings(raw),
    notifications: raw.notifications ?? [],
    logRetention: logRetention(raw.log_retention),
    security: {
      policy: raw.security_policy ?? 'warn',
      ...(raw.security_level !== undefined && { level: raw.security_level }),
      commandWhitelist: raw.command_whitelist ?? [],
      commandAllowlistPatterns: raw.command_allowlist_patterns ?? [],
      workspacePaths: raw.workspace_paths ?? [],
    },
    ...(schedule && {
      schedule: {
        cron: schedule.cron,
        ...(schedule.time_zone !== undefined && { timeZone: schedule.time_zone }),
      },
    }),
    dependencyPlugins: raw.dependency_plugins ?? [],
    ...(raw.database !== undefined && { database: raw.database }),
    ...parts,
  };
}

function nameWithoutEnding(root: SourceFile, host: ConfigurationHost): string {
  return root.file === '-' ? 'stdin' : host.nameOf(root.file).replace(/(?<=.)\.[^.]*$/, '');
}

function envInheritance(raw: RawConfiguration['inherit_shell_env']): EnvInheritance {
  if (raw === undefined || raw === true) return { kind: 'all' };
  if (raw === false) return { kind: 'none' };
  return raw === 'default' ? { kind: 'default' } : { kind: 'listed', names: raw };
}

function emailSettings(raw: RawConfiguration): EmailSettings {
  const written = raw.email_address ?? [];
  return {
    addresses: (typeof written === 'string' ? written.split(',') : written)
      .map((address) => address.trim())
      .filter((address) => address !== ''),
    onSuccess: raw.email_on_success ?? false,
    onFailure: raw.email_on_failure ?? true,
    ...(raw.smtp_server !== undefined && { server: raw.smtp_server }),
    ...(raw.smtp_port !== undefined && { port: raw.smtp_port }),
    ...(raw.smtp_user !== undefined && { user: raw.smtp_user }),
    ...(raw.smtp_password !== undefined && { password: raw.smtp_password }),
  };
}

function logRetention(raw: RawConfiguration['log_retention']): LogRetention {
  const maxAgeMs = parseDuration(raw?.max_age);
  const maxSizeBytes = parseSize(raw?.max_size);
  return {
    ...(raw?.max_runs !== undefined && { maxRuns: raw.max_runs }),
    ...(maxAgeMs !== undefined && { maxAgeMs }),
    ...(maxSizeBytes !== undefined && { maxSizeBytes }),
  };
}
