// Writes docs/v1-results.md from a real run of the predecessor's configurations.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compare, page, runCorpus } from './v1-corpus.mjs';

const { runs, dispose } = await runCorpus(process.argv[2]);
dispose();
writeFileSync(fileURLToPath(new URL('../docs/v1-results.md', import.meta.url)), page(compare(runs)));
process.stdout.write('wrote docs/v1-results.md\n');
