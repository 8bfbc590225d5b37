import type LibsqlDatabase from 'libsql';

/** What a column holds. */
export type SqlValue = string | number | null | Uint8Array;
export type SqlParameter = SqlValue | boolean | undefined;

/** A SQLite database. The only file that knows which library it is. */
export interface Database {
  /** Statements without parameters and results. */
  exec(sql: string): void;
  /** One statement for its effect; returns how many rows it changed. */
  run(sql: string, ...parameters: readonly SqlParameter[]): number;
  get<Row>(sql: string, ...parameters: readonly SqlParameter[]): Row | undefined;
  all<Row>(sql: string, ...parameters: readonly SqlParameter[]): Row[];
  /** Does all of `action` or nothing; holds the right to write from its beginning. */
  transaction<T>(action: () => T): T;
  close(): void;
}

export interface DatabaseOptions {
  readonly readOnly?: boolean;
  /** How long to wait for another process that writes. Default: 100. */
  readonly busyMs?: number;
}

/**
 * Opens a database, and makes its file when there is none. The library is loaded now and not earlier: that costs
 * some 20 ms.
 *
 * @throws the library's error when that is not possible; `databaseProblem` tells which.
 */
export async function openDatabase(
  path: string,
  { readOnly = false, busyMs = 100 }: DatabaseOptions = {},
): Promise<Database> {
  const { default: Libsql } = await import('libsql');
  const connection = new Libsql(readOnly ? `file:${encodeURI(path)}?mode=ro` : path);
  const statements = new Map<string, LibsqlDatabase.Statement>();
  connection.exec(`PRAGMA busy_timeout = ${busyMs}`);

  const prepared = (sql: string): LibsqlDatabase.Statement => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = connection.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };

  const transaction = <T>(action: () => T): T => {
    connection.exec('BEGIN IMMEDIATE');
    try {
      const result = action();
      connection.exec('COMMIT');
      return result;
    } catch (error) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      throw error;
    }
  };

  return {
    exec: (sql) => connection.exec(sql),
    run(sql, ...parameters) {
      const run = () => prepared(sql).run(values(parameters)).changes;
      // The library leaves a statement that finds the database locked in progress, and no transaction can be committed
      // any more. A BEGIN that finds it locked leaves nothing behind.
      return connection.inTransaction ? run() : transaction(run);
    },
    get<Row>(sql: string, ...parameters: readonly SqlParameter[]) {
      const row = prepared(sql).get(values(parameters)) as (Row & { _metadata?: unknown }) | undefined;
      // The library adds how long it took, which is no column.
      delete row?._metadata;
      return row;
    },
    all: <Row>(sql: string, ...parameters: readonly SqlParameter[]) =>
      prepared(sql).all(values(parameters)) as Row[],
    transaction,
    close() {
      statements.clear();
      connection.close();
    },
  };
}

/** The library ends the process when it meets a type that it does not know. */
function values(parameters: readonly SqlParameter[]): SqlValue[] {
  return parameters.map((value) =>
    value === undefined ? null : typeof value === 'boolean' ? Number(value) : value,
  );
}

/** Why a database could not be used; undefined when the error is not the database's. */
export type DatabaseProblem = 'busy' | 'damaged' | 'unusable';

export function databaseProblem(error: unknown): DatabaseProblem | undefined {
  const { code, message, name } = error as { code?: unknown; message?: string; name?: string };
  if (typeof code === 'string' && /^SQLITE_(BUSY|LOCKED)/.test(code)) return 'busy';
  if (typeof code === 'string' && /^SQLITE_(NOTADB|CORRUPT)/.test(code)) return 'damaged';
  const isOfLibrary = name === 'SqliteError' || String(code).startsWith('SQLITE_');
  return isOfLibrary || message?.includes('ConnectionFailed') === true ? 'unusable' : undefined;
}
