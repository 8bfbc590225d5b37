import type { Database } from './database.ts';

/**
 * Rows of `jobs` are numbered by run, so that the newest come first by number alone and those of a run lie together:
 * run × 2^24 + position. A number stays exact up to run 536,870,911.
 */
export const jobsPerRun = 2 ** 24;

/** Each brings the schema from one version to the next; what stands here is never changed, only added to. */
const migrations: readonly string[] = [
  `
  CREATE TABLE folders (
    run INTEGER PRIMARY KEY,
    mtime_ms REAL NOT NULL
  );
  CREATE TABLE journals (
    run INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    byte_offset INTEGER NOT NULL,
    problem TEXT,
    PRIMARY KEY (run, attempt)
  ) WITHOUT ROWID;
  CREATE TABLE runs (
    run INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    application TEXT NOT NULL,
    status TEXT,
    recorded_status TEXT,
    exit_code INTEGER,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    duration_ms INTEGER,
    job_count INTEGER NOT NULL,
    workers INTEGER NOT NULL,
    counts TEXT,
    engine TEXT NOT NULL,
    working_dir TEXT,
    config_file TEXT,
    log TEXT,
    source TEXT NOT NULL,
    PRIMARY KEY (run, attempt)
  ) WITHOUT ROWID;
  CREATE INDEX runs_by_application ON runs (application, run);
  CREATE TABLE definitions (
    id INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    application TEXT NOT NULL,
    job TEXT NOT NULL,
    command TEXT NOT NULL,
    command_hash TEXT NOT NULL,
    description TEXT NOT NULL,
    tags TEXT NOT NULL,
    hash TEXT NOT NULL
  );
  CREATE INDEX definitions_by_job ON definitions (job);
  CREATE INDEX definitions_by_command ON definitions (command_hash) WHERE hash = '';
  CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    attempt INTEGER NOT NULL,
    definition INTEGER NOT NULL,
    status TEXT,
    reason TEXT,
    recorded_status TEXT,
    started_at INTEGER,
    ended_at INTEGER,
    duration_ms INTEGER,
    command_ms INTEGER,
    tries INTEGER NOT NULL,
    exit_code INTEGER,
    signal TEXT,
    cpu_ms INTEGER,
    max_rss_kb INTEGER,
    error TEXT,
    facts TEXT
  );
  CREATE INDEX jobs_by_status ON jobs (status, id);
  CREATE INDEX jobs_by_success ON jobs (definition, id, duration_ms, command_ms)
    WHERE status = 'succeeded' AND reason IS NULL;
  CREATE VIRTUAL TABLE jobs_text USING fts5 (
    job, command, error, output, tag, application,
    content = '', contentless_delete = 1
  );
  CREATE TABLE imports (
    key TEXT PRIMARY KEY,
    run INTEGER NOT NULL,
    content_hash TEXT NOT NULL
  );
  CREATE INDEX imports_by_run ON imports (run);
  `,
];

export const schemaVersion = migrations.length;

/**
 * Brings a database to the present schema; a new one too. Two processes may do it at once.
 *
 * @returns false when the database is of a newer version than this program knows.
 */
export function migrate(db: Database): boolean {
  if (versionOf(db) === schemaVersion) return true;
  return db.transaction(() => {
    const version = versionOf(db);
    if (version > schemaVersion) return false;
    for (const migration of migrations.slice(version)) db.exec(migration);
    db.exec(`PRAGMA user_version = ${schemaVersion}`);
    return true;
  });
}

function versionOf(db: Database): number {
  return db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
}

/** Forgets everything that is known of a run. */
export function forgetRun(db: Database, run: number): void {
  const [first, last] = jobRange(run);
  db.run('DELETE FROM jobs_text WHERE rowid BETWEEN ? AND ?', first, last);
  db.run('DELETE FROM jobs WHERE id BETWEEN ? AND ?', first, last);
  for (const table of ['folders', 'journals', 'runs', 'imports'])
    db.run(`DELETE FROM ${table} WHERE run = ?`, run);
}

/** The first and the last number that a job of the run can have. */
export function jobRange(run: number): readonly [number, number] {
  return [run * jobsPerRun, run * jobsPerRun + jobsPerRun - 1];
}
