// What the documents say can be followed: links lead to files and headings that are there, and the page for users of
// version 1 names every option it had, all of which are accepted.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bin = join(root, 'packages/cli/bin/executioner.js');

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'examples/README.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
  ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`),
].filter((path) => path.endsWith('.md') && existsSync(join(root, path)));

test.each(documents)('%s: every link leads somewhere', (path) => {
  const broken = linksOf(readFileSync(join(root, path), 'utf8')).filter(
    (link) => !leadsSomewhere(path, link),
  );
  expect(broken).toEqual([]);
});

/** Targets of Markdown links outside of code. */
function linksOf(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

function leadsSomewhere(from: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return true;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? join(root, from) : resolve(root, dirname(from), file);
  if (!existsSync(target) || relative(root, target).startsWith('..')) return false;
  return anchor === undefined || anchorsOf(readFileSync(target, 'utf8')).has(anchor);
}

function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  const marked = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return new Set([...headings, ...marked]);
}

const optionsOfV1 = [
  '-c --config --simple-config --sample-config --dry-run --skip --env --continue-on-error --parallel --workers',
  '--sequential --resume-from --resume-failed-only --mark-success -r -j --list-runs --limit --show-run --debug --verbose',
  '--visible',
].flatMap((line) => line.split(' '));

test('the page for users of version 1 names all its options, and all are accepted', () => {
  const page = readFileSync(join(root, 'docs/coming-from-v1.md'), 'utf8');
  const { stdout: help } = spawnSync(process.execPath, [bin, 'run', '--help'], { encoding: 'utf8' });
  const holds = (text: string, option: string) => new RegExp(`(?<![\\w-])${option}(?![\\w-])`).test(text);
  expect(optionsOfV1.filter((option) => !holds(page, option) || !holds(help, option))).toEqual([]);
});
