// Writes docs/diagnostics.md from the registry of codes and the examples in packages/core/test/diagnostics/fixtures:
// `E301.yaml` is an example of E301, files named `E301.….yaml` are what it includes, and the text of a `.selection` is
// a selection from the jobs build, test and deploy. A test fails when the page is stale.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = `${root}packages/core/test/diagnostics/fixtures/`;

const groups = [
  ['Syntax', /^.1[0-2]/],
  ['Imports into the history', /^.13/],
  ['Logs', /^.14/],
  ['Selections', /^.19/],
  ['Schema', /^.2/],
  ['Dependencies and resources', /^.3/],
  ['Commands', /^.4/],
  ['Environment', /^.5/],
  ['E-mail', /^.6/],
  ['Retries and time limits', /^.7/],
  ['Checks', /^.8/],
  ['Security', /^.9/],
];

const introduction = `# Diagnostics

What Executioner finds in your files it reports with a code. Codes are stable and never reused. One that begins with E
is an error: the configuration cannot be used until it is mended. W is a warning, I an information: neither stops
anything. The examples below show a file and exactly what is printed about it.

A finding has its place, the reason, a hint what to do next, related places, and where one is known a fix. A *fix* keeps
what the workflow does and may be applied in bulk; a *suggestion* may change it and needs a person. Values of secret
keys and variables are shown as asterisks.

<!-- Made by scripts/generate-diagnostics.mjs from packages/core/src/diagnostics/codes/ and the examples of the tests. -->
`;

/**
 * The page. `codes`: the registry of core. `examples`: for a code, the files of its example and what is printed about
 * them (see \`runExamples\`).
 */
export function renderDiagnosticsReference(codes, examples) {
  const sections = groups
    .map(([title, pattern]) => [
      title,
      Object.keys(codes)
        .filter((code) => pattern.test(code))
        .sort(byNumber),
    ])
    .filter(([, members]) => members.length > 0);
  const contents = sections.map(
    ([title, members]) =>
      `| ${title} | ${members.map((code) => `[${code}](#${code.toLowerCase()})`).join(' ')} |`,
  );
  const body = sections.map(
    ([title, members]) =>
      `## ${title}\n\n${members.map((code) => entry(code, codes[code], examples.get(code))).join('\n')}`,
  );
  return `${introduction}\n| about | codes |\n| --- | --- |\n${contents.join('\n')}\n\n${body.join('\n')}`;
}

/**
 * The examples with their output. `core` is the library (built, or its sources under a test): `load`, `nodeHost`,
 * `renderPretty`, `JobGraph`, `select`.
 */
export function runExamples(core) {
  const names = readdirSync(folder).sort();
  const mains = names.filter((name) => /^[EWI]\d+\.[a-z]+$/.test(name));
  return new Map(
    mains.map((main) => {
      const code = main.split('.')[0];
      const files = [main, ...names.filter((name) => name.startsWith(`${code}.`) && name !== main)].map(
        (name) => ({
          name,
          text: readFileSync(folder + name, 'utf8'),
        }),
      );
      const run = extname(main) === '.selection' ? runSelection : runConfiguration;
      return [code, { files, ...run(core, files[0]) }];
    }),
  );
}

function runConfiguration({ load, nodeHost, renderPretty }, { name }) {
  const { diagnostics, texts: sources } = load(folder + name, nodeHost(folder, '/home/ann'));
  const local = (text) => text.replaceAll(folder, '').replaceAll(folder.slice(0, -1), '.');
  const output = local(renderPretty(diagnostics, { sources, displayFile: local }));
  return { codes: diagnostics.map(({ code }) => code), output };
}

function runSelection({ JobGraph, renderPretty, select, selectionFile }, { text }) {
  const jobs = ['build', 'test', 'deploy'].map((id) => ({
    id,
    command: id,
    description: '',
    tags: [],
    dependencies: [],
  }));
  const selection = text.trimEnd();
  const selected = select(selection, { graph: JobGraph.from(jobs), jobs });
  const diagnostics = selected.ok ? selected.warnings : [selected.error];
  const output = renderPretty(diagnostics, { sources: new Map([[selectionFile, selection]]) });
  return { codes: diagnostics.map(({ code }) => code), output };
}

function entry(code, { title, severity, explanation }, example) {
  const heading = `<a id="${code.toLowerCase()}"></a>\n\n### ${code} ${title}\n\n*${severity}* · ${explanation}\n`;
  if (example === undefined) return heading;
  const files = example.files.map(({ name, text }) => {
    const language = { '.json': 'json', '.yaml': 'yaml' }[extname(name)] ?? 'text';
    const title = example.files.length > 1 ? `\`${name}\`:\n\n` : '';
    return `${title}\`\`\`${language}\n${visible(text).trimEnd()}\n\`\`\`\n`;
  });
  return `${heading}\n${files.join('\n')}\n\`\`\`console\n${example.output.trimEnd()}\n\`\`\`\n`;
}

/** Characters that a page cannot hold, as their pictures. */
function visible(text) {
  return text.replace(/\0/g, '␀').replace(/^\ufeff/, '');
}

/** E101, I101, W101, E102 …: by number, then by letter. */
function byNumber(a, b) {
  return Number(a.slice(1)) - Number(b.slice(1)) || (a < b ? -1 : 1);
}

/** The library from its sources: nothing needs to be built. */
async function loadCore() {
  const { build } = await import('esbuild');
  const folder = mkdtempSync(join(tmpdir(), 'executioner-diagnostics-'));
  try {
    const outfile = join(folder, 'core.mjs');
    await build({
      entryPoints: [`${root}packages/core/src/index.ts`],
      outfile,
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      format: 'esm',
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const core = await loadCore();
  writeFileSync(
    `${root}docs/diagnostics.md`,
    renderDiagnosticsReference(core.diagnosticCodes, runExamples(core)),
  );
  console.log('wrote docs/diagnostics.md');
}
