import type { Diagnostic, DiagnosticCode } from '@executioner/core';
import { diagnosticCodes } from '@executioner/core';
import type { ImportFinding, JournalFinding, TextLogSurvey } from '@executioner/engine';

interface FindingParts {
  readonly file: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
  readonly byteOffset?: number | undefined;
}

/** A finding about a log, with the severity of its code. */
export function logFinding(
  code: DiagnosticCode,
  { file, message, hint, line, byteOffset = 0 }: FindingParts,
): Diagnostic {
  const place = line === undefined ? undefined : { offset: byteOffset, line, column: 1 };
  return {
    code,
    severity: diagnosticCodes[code].severity,
    message,
    file,
    ...(place === undefined ? {} : { range: { start: place, end: place } }),
    ...(hint === undefined ? {} : { hint }),
  };
}

/** What a journal's reader found. */
export function ofJournal(finding: JournalFinding, file: string): Diagnostic {
  const code = journalCodes[finding.code];
  const { message, line, byteOffset, hint } = finding;
  return logFinding(code, { file, message, line, byteOffset, hint });
}

const journalCodes = {
  bad_line: 'E143',
  missing_events: 'E143',
  newer_version: 'E144',
  torn_tail: 'W141',
} as const;

/** What the survey of a text log tells. */
export function ofSurvey(survey: TextLogSurvey, file: string): Diagnostic[] {
  const { lines, strayLines, firstStrayLine, hasZeros, isTorn } = survey;
  const findings: Diagnostic[] = [];
  if (hasZeros) {
    findings.push(
      logFinding('W142', {
        file,
        line: firstStrayLine,
        message: 'part of this log is filled with zeros',
        hint: 'a crash of the machine leaves such a place; what it held is lost',
      }),
    );
  } else if (strayLines > 0) {
    const count =
      strayLines === 1 ? 'a line is no log line and was' : `${strayLines} lines are no log lines and were`;
    findings.push(
      logFinding('W143', { file, line: firstStrayLine, message: `${count} left out; this is the first` }),
    );
  }
  if (isTorn && !hasZeros) {
    findings.push(
      logFinding('W141', {
        file,
        line: lines,
        message: 'the last line of this log has no end',
        hint: 'it is still being written, or was cut off',
      }),
    );
  }
  return findings;
}

/** What the reader of a history database of version 1 found. */
export function ofImport({ code, message, line, hint }: ImportFinding, file: string): Diagnostic {
  return logFinding(code, { file, message, line, hint });
}

/**
 * What an error of the system says about a file that it kept from being read.
 *
 * @throws the error itself if it is none of the system
 */
export function unreadable(error: unknown, file: string): Diagnostic {
  if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
  return logFinding('E141', { file, message: `this file cannot be read: ${(error as Error).message}` });
}

/** What unpacking ended with. */
export function damagedGzip({ message }: Error, file: string): Diagnostic {
  return logFinding('E145', {
    file,
    message: `this gzip file is damaged (${message}): what came before was read`,
  });
}
