import type { ParsedDocument } from '../document/index.ts';
import type { Place } from './findings.ts';
import type { RawConfiguration } from './schema/index.ts';

/** One file of a configuration, parsed once however often it is included, its shape checked and repaired. */
export interface SourceFile {
  readonly file: string;
  readonly folder: string;
  readonly document: ParsedDocument;
  /** Fits the schema: what did not has been reported and left out (a job that cannot be used is a hole). */
  readonly raw: RawConfiguration;
  readonly version: 1 | 2;
  /** Ids of jobs that are there but unusable. */
  readonly unusableIds: readonly string[];
}

/** A file in its place in the tree of includes. The same file may stand in several places with different prefixes. */
export interface Inclusion {
  readonly source: SourceFile;
  /** Put before the ids of its jobs: the prefixes of all includes above it, outermost first. */
  readonly prefix: string;
  readonly parent?: Inclusion;
  /** In the order of the `include` list. */
  readonly children: Inclusion[];
  /** What `include` lets through of its jobs; undefined: all. */
  only: readonly OnlyPattern[] | undefined;
}

/** An id or glob in the `only` list of an `include` entry. */
export interface OnlyPattern {
  readonly pattern: string;
  readonly place: Place;
}
