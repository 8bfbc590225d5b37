import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { groupingAccuracy, readLoghub } from '../../../../bench/loghub/groupingAccuracy.mjs';
import { mine, numberOf } from './mine.ts';

const folder = fileURLToPath(new URL('../../../../../shared/corpus/loghub', import.meta.url));

(existsSync(folder) ? describe : describe.skip)('grouping accuracy on the Loghub samples', () => {
  it.each(['Apache', 'HPC', 'Hadoop', 'Linux', 'Mac', 'OpenSSH', 'OpenStack', 'Zookeeper'])('%s', (set) => {
    const lines = readLoghub(readFileSync(`${folder}/${set}/${set}_2k.log_structured.csv`, 'utf8'));
    const mined = mine(lines.map(({ content }) => `${content}\n`).join(''));
    const found = lines.map(({ content }) => numberOf(mined, content));
    const accuracy = groupingAccuracy(
      found,
      lines.map(({ event }) => event),
    );
    expect(accuracy).toBeGreaterThan(0.95);
  });
});
