// Writes docs/v1-results.md from a real run of the predecessor's configurations.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compare, runCorpus } from './v1-corpus.mjs';

const { runs, dispose } = await runCorpus(process.argv[2]);
const rows = compare(runs);
dispose();

const same = rows.filter((row) => row.same).length;
const page = `# The configurations of v1, run here

Every configuration of the predecessor (v1, the Python tool), run with \`executioner run --continue-on-error\`, beside
what v1 recorded under the same option. The first row of each configuration is the run, the others are its jobs. The
folder \`/opt/executioner\` is replaced by one that holds \`success_script.py\` (exits with 0), \`failure_script.py\`
(exits with 1) and \`timeout_script.py\` (sleeps for 60 s); \`retry_script.py\` and \`input.sql\` are absent, as they were
when v1 was observed. ${same} of ${rows.length} rows agree; every other one says why it does not.

Made by \`node scripts/v1-table.mjs\`; a test holds it to be true.

| configuration | job | v1 | here | why they differ |
| --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row.job === '' ? row.config : ''} | ${row.job} | ${row.v1} | ${row.ours} | ${row.same ? '' : row.reason} |`).join('\n')}
`;
writeFileSync(fileURLToPath(new URL('../docs/v1-results.md', import.meta.url)), page);
process.stdout.write(`${same} of ${rows.length} rows agree; wrote docs/v1-results.md\n`);
