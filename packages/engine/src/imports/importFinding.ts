import { type DiagnosticCode, diagnosticCodes, type Severity } from '@executioner/core';

export type ImportCode = Extract<DiagnosticCode, `${string}13${number}`>;

/** Something in a file that could not be taken over, or not as it stands. */
export interface ImportFinding {
  readonly code: ImportCode;
  readonly severity: Severity;
  /** One sentence without a final full stop; names are quoted. */
  readonly message: string;
  readonly file: string;
  /** From 1; of a database the table and row are in the message. */
  readonly line?: number;
  readonly hint?: string;
}

/** A finding of the severity that its code has. */
export function importFinding(
  code: ImportCode,
  file: string,
  message: string,
  more: Pick<ImportFinding, 'line' | 'hint'> = {},
): ImportFinding {
  return { code, severity: diagnosticCodes[code].severity, message, file, ...more };
}
