import type { ParsedDocument } from '../document/index.ts';
import type { Findings } from './findings.ts';
import type { RawConfiguration } from './schema/index.ts';

/** What is left of a document when everything that does not fit the schema has been reported and taken out. */
export interface Shape {
  readonly raw: RawConfiguration;
  readonly version: 1 | 2;
}

/** Checks the document against the schema. Undefined when it is not even a mapping. */
export function checkShape(document: ParsedDocument, findings: Findings): Shape | undefined {
  const value = document.value as RawConfiguration;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    findings.add({
      code: 'E201',
      message: 'a workflow is a mapping with "jobs"',
      place: { file: document.file, path: [] },
    });
    return undefined;
  }
  return { raw: value, version: value.version === 2 ? 2 : 1 };
}
