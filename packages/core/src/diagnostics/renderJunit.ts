import { compareDiagnostics } from './compareDiagnostics.ts';
import type { Diagnostic } from './diagnostic.ts';
import { escapeXml, xmlAttributes } from './xml.ts';

export interface JunitOptions {
  /** The name of the whole: `executioner validate`. */
  readonly name: string;
  /** Every file that was looked at: one without findings is a passed test. */
  readonly files: readonly string[];
  readonly displayFile: (file: string) => string;
  /** Wall clock in milliseconds since 1970. */
  readonly nowMs: number;
  /** Whether a finding is a failed test; those of severity error unless given. */
  readonly isFailure?: (diagnostic: Diagnostic) => boolean;
}

/**
 * The diagnostics as a JUnit report: a suite for each file, a failed test for each error, one passed test where there
 * is none; warnings and infos in the output of the suite. Fits the XML schema of windyroad/JUnit-Schema, the strictest
 * in use.
 */
export function renderJunit(diagnostics: readonly Diagnostic[], options: JunitOptions): string {
  const byFile = new Map<string, Diagnostic[]>(options.files.map((file) => [file, []]));
  for (const diagnostic of [...diagnostics].sort(compareDiagnostics)) {
    const file = diagnostic.file ?? options.name;
    const known = byFile.get(file);
    if (known === undefined) byFile.set(file, [diagnostic]);
    else known.push(diagnostic);
  }
  const suites = [...byFile].map(([file, found], id) => renderSuite(file, found, id, options));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function renderSuite(
  file: string,
  found: readonly Diagnostic[],
  id: number,
  { name, displayFile, nowMs, isFailure = ({ severity }) => severity === 'error' }: JunitOptions,
): string {
  const shown = displayFile(file);
  const failures = found.filter(isFailure);
  const others = found.filter((diagnostic) => !isFailure(diagnostic));
  const tests =
    failures.length === 0 ? [testcase(shown, 'valid')] : failures.map((one) => failed(shown, one));
  const attributes = {
    package: name,
    id,
    name: shown,
    timestamp: new Date(nowMs).toISOString().slice(0, 19),
    hostname: 'localhost',
    tests: tests.length,
    failures: failures.length,
    errors: 0,
    time: 0,
  };
  const output = others.map((one) => `${oneLine(shown, one)}\n`).join('');
  return [
    `  <testsuite${xmlAttributes(attributes)}>\n    <properties/>\n`,
    ...tests,
    `    <system-out>${escapeXml(output)}</system-out>\n    <system-err/>\n  </testsuite>\n`,
  ].join('');
}

function testcase(classname: string, name: string, content?: string): string {
  const start = `    <testcase${xmlAttributes({ name, classname, time: 0 })}`;
  return content === undefined ? `${start}/>\n` : `${start}>\n${content}    </testcase>\n`;
}

function failed(file: string, diagnostic: Diagnostic): string {
  const { code, severity, message, hint } = diagnostic;
  const text = `${oneLine(file, diagnostic)}${hint === undefined ? '' : `\nhint: ${hint}`}`;
  return testcase(
    file,
    `${code} ${placeOf(diagnostic)}${message}`,
    `      <failure${xmlAttributes({ message, type: `${severity} ${code}` })}>${escapeXml(text)}</failure>\n`,
  );
}

function oneLine(file: string, diagnostic: Diagnostic): string {
  const { severity, code, message } = diagnostic;
  return `${file}:${placeOf(diagnostic)}${severity} ${code}: ${message}`;
}

function placeOf({ range }: Diagnostic): string {
  return range === undefined ? '' : `${range.start.line}:${range.start.column} `;
}
