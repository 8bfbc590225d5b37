import type { DagResult, JobGraph } from '../graph/index.ts';
import type { TemplateResolver } from './extends.ts';
import type { Findings } from './findings.ts';
import type { JobEntry } from './jobEntries.ts';
import type { Configuration } from './model.ts';
import type { Inclusion } from './sourceFile.ts';

export interface GraphContext {
  readonly configuration: Configuration;
  readonly entries: readonly JobEntry[];
  readonly graph: JobGraph;
  readonly result: DagResult;
  readonly templates: TemplateResolver;
  readonly findings: Findings;
  resolveId(written: string, from: Inclusion): string;
}

export function reportGraph(context: GraphContext): void {
  for (const { job, id } of context.graph.missing) {
    context.findings.add({
      code: 'E301',
      message: `job "${context.graph.ids[job]}" depends on "${id}", which is not defined`,
    });
  }
}
