import { createHash } from 'node:crypto';
import { hashText } from '../scheduler/index.ts';
import type { Database } from './database.ts';
import type { JobRecord } from './records.ts';
import type { RunFiles } from './runFiles.ts';

/** A job as it was defined in some run. */
export interface Definition {
  readonly id: number;
  readonly command: string;
  readonly tags: readonly string[];
  readonly silenceLimitMs: number | undefined;
}

/** What is the same in every run stands once: the definitions of an attempt's jobs, added where they are new. */
export function definitions(
  db: Database,
  application: string,
  files: RunFiles,
): (job: JobRecord) => Definition {
  const known = new Map<string, Definition>();
  return ({ job, facts: { hash = '' } }) => {
    const cacheKey = `${hash} ${job}`;
    const cached = known.get(cacheKey);
    if (cached !== undefined) return cached;
    const { command = '', description = '', tags = [], noOutputTimeoutMs } = files.jobOf(job) ?? {};
    const facts = [application, job, hash, command, description, JSON.stringify(tags)] as const;
    const identity = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
    const id = definitionId(db, identity) ?? addDefinition(db, identity, facts);
    const definition = { id, command, tags, silenceLimitMs: noOutputTimeoutMs };
    known.set(cacheKey, definition);
    return definition;
  };
}

function definitionId(db: Database, identity: string): number | undefined {
  return db.get<{ id: number }>('SELECT id FROM definitions WHERE identity = ?', identity)?.id;
}

function addDefinition(
  db: Database,
  identity: string,
  facts: readonly [
    application: string,
    job: string,
    hash: string,
    command: string,
    description: string,
    tags: string,
  ],
): number {
  db.run(
    `INSERT INTO definitions (identity, application, job, hash, command, description, tags, command_hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    identity,
    ...facts,
    hashText(facts[3]),
  );
  return definitionId(db, identity)!;
}
