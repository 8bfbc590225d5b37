// Writes the pages of the rules: docs/rules/README.md lists every code that `validate` can report, and each rule of
// packages/validate has a page made from its object. Writes, too, the examples of the codes of core that --explain shows.
// A test fails when one of them is stale.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runExamples } from './generate-diagnostics.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const made = '<!-- Made by scripts/generate-rules.mjs from the rules of packages/validate. -->';

/**
 * The files by their path from the root. `validate`: `knownCodes`, `codeGroups`, `pagedCodes` and `exampleSections` of the
 * package (built, or its sources under a test); `core`: the library, for the examples of its codes.
 */
export function ruleFiles(validate, core) {
  const pages = validate.pagedCodes.map((known) => [`docs/rules/${known.code}.md`, page(known, validate)]);
  return {
    'docs/rules/README.md': index(validate),
    ...Object.fromEntries(pages),
    'packages/validate/src/cli/coreExamples.generated.ts': examplesModule(core, validate),
  };
}

function index({ codeGroups, knownCodes, pagedCodes }) {
  const paged = new Set(pagedCodes.map(({ code }) => code));
  const link = ({ code }) => (paged.has(code) ? `${code}.md` : `../diagnostics.md#${code.toLowerCase()}`);
  const sections = codeGroups.map(([title, pattern]) => {
    const rows = [...knownCodes.values()]
      .filter(({ code }) => pattern.test(code))
      .map(
        (known) =>
          `| [${known.code}](${link(known)}) | ${known.severity} | ${known.title} | ${known.isBinding ? 'no' : 'yes'} |`,
      );
    return `## ${title}\n\n| code | severity | what it finds | can be changed |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `${made}

# Rules

What \`executioner validate\` can report. \`--explain CODE\` shows the same in the terminal, \`--rule CODE=off\` switches one off or
gives it another severity; the [guide](../validate.md) tells of settings files and of comments that ignore a code.
Errors that a run refuses cannot be changed.

${sections.join('\n')}`;
}

function page(known, validate) {
  const examples = validate.exampleSections(known).map(([title, text]) => {
    const ending = /\S+\.(yaml|jsonc?)\b/.exec(title)?.[1];
    const language =
      title === 'is reported so:' ? 'console' : (ending ?? extname(known.example?.file ?? '').slice(1));
    return `${title}\n\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
  });
  return [
    made,
    '',
    `# ${known.code} ${known.title}`,
    '',
    `*${known.severity}*`,
    '',
    known.explanation,
    '',
    ...(examples.length > 0 ? ['## Example', '', ...examples] : []),
    '## What to do',
    '',
    known.remedy,
    '',
    `Switch it off with \`--rule ${known.code}=off\`, in [.executionerrc](../validate.md#settings), or where it is reported with the comment \`# executioner-ignore ${known.code}\`. All codes: [rules](README.md).`,
    '',
  ].join('\n');
}

function examplesModule(core, { knownCodes }) {
  const entries = [...runExamples(core)]
    .filter(([code]) => knownCodes.has(code))
    .map(([code, { files, output }]) => [
      code,
      { files: files.map(({ name, text }) => ({ name, text })), output },
    ]);
  return `// Made by scripts/generate-rules.mjs from the examples in packages/core/test/diagnostics/fixtures.
export const coreExamples: Readonly<
  Record<
    string,
    { readonly files: readonly { readonly name: string; readonly text: string }[]; readonly output: string }
  >
> = ${JSON.stringify(Object.fromEntries(entries), null, 2)};
`;
}

/** The library from its sources: nothing needs to be built. */
async function bundled(entry) {
  const { build } = await import('esbuild');
  const folder = mkdtempSync(join(tmpdir(), 'executioner-rules-'));
  try {
    const outfile = join(folder, 'library.mjs');
    await build({
      entryPoints: [root + entry],
      outfile,
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      format: 'esm',
      alias: { '@executioner/core': `${root}packages/core/src/index.ts` },
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
  const core = await bundled('packages/core/src/index.ts');
  const validate = await bundled('packages/validate/src/cli/reference.ts');
  const files = ruleFiles(validate, core);
  mkdirSync(`${root}docs/rules`, { recursive: true });
  for (const name of readdirSync(`${root}docs/rules`)) {
    if (!Object.hasOwn(files, `docs/rules/${name}`)) rmSync(`${root}docs/rules/${name}`);
  }
  for (const [file, text] of Object.entries(files)) writeFileSync(root + file, text);
  console.log(`wrote docs/rules (${Object.keys(files).length - 1} pages) and the examples of --explain`);
}
