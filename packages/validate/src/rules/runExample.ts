import { posix } from 'node:path';
import { type ConfigurationHost, type Diagnostic, renderPretty } from '@executioner/core';
import { validate } from '../validate.ts';
import type { Entry, World } from '../world/world.ts';
import type { Rule, RuleExample } from './rule.ts';

export interface ExampleResult {
  readonly diagnostics: readonly Diagnostic[];
  /** What is printed about the example. */
  readonly output: string;
}

const folder = '/work';
const programs =
  'sh dash bash env cat cksum echo find gzip grep ls python3 rm sed sleep sqlplus sort true wc xargs'.split(
    ' ',
  );
const folders = ['/', '/bin', '/etc', '/srv', '/var', '/var/spool', '/work', '/work/logs', '/home/ann'];
const files = [
  '/etc/hostname',
  '/etc/passwd',
  '/work/load_day.sh',
  ...programs.map((name) => `/bin/${name}`),
];
const environment = { PATH: '/bin', HOME: '/home/ann' };

/**
 * What is found in a text of an example, on a machine that is described above: the same wherever it is run. Only
 * findings of `code` are in the output.
 */
export function runExample({ code }: Pick<Rule, 'code'>, example: RuleExample, text: string): ExampleResult {
  const { file, remarks, shellCheckLimit } = example;
  const source = { file: `${folder}/${file}`, text };
  const { diagnostics, texts, secrets } = validate(source, {
    host,
    world: {
      ...world,
      ...((remarks ?? shellCheckLimit) && {
        shellCheck: (scripts) => scripts.map((script) => remarks?.[script] ?? []),
        ...(shellCheckLimit !== undefined && { shellCheckLimit }),
      }),
    },
    environment,
  });
  const own = diagnostics.filter((diagnostic) => diagnostic.code === code);
  const hidden = secrets.reduce(
    (result, { start, end }) => result.slice(0, start) + '*'.repeat(end - start) + result.slice(end),
    text,
  );
  const output = renderPretty(own, {
    sources: new Map([...texts, [source.file, hidden]]),
    displayFile: (path) => path.replace(`${folder}/`, ''),
    summary: false,
  });
  return { diagnostics, output };
}

const host: ConfigurationHost = {
  folder,
  home: environment.HOME,
  readFile: () => ({ ok: false, reason: 'missing' }),
  listFolder: (path) =>
    files.filter((file) => posix.dirname(file) === path).map((file) => posix.basename(file)),
  glob: () => [],
  resolve: (from, path) => posix.resolve(from, path),
  isAbsolute: posix.isAbsolute,
  folderOf: posix.dirname,
  nameOf: posix.basename,
};

const world: World = {
  lookAt: (path): Entry => {
    if (folders.includes(path)) return { kind: 'folder', isReadable: true, isExecutable: true };
    if (!files.includes(path)) return { kind: 'missing' };
    return { kind: 'file', isReadable: true, isExecutable: path.startsWith('/bin/') };
  },
  realPath: (path) => (path === '/bin/sh' ? '/bin/dash' : path),
  checkSyntax: () => undefined,
};
