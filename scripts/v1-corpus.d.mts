export interface CorpusRun {
  readonly config: string;
  /** The folder that stood for /opt/executioner. */
  readonly checkout: string;
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly runStatus: string;
  readonly jobs: ReadonlyMap<
    string,
    { readonly status: string; readonly outcome: string; readonly retries: number }
  >;
}

export interface ComparedRow {
  readonly config: string;
  /** Empty for the run itself. */
  readonly job: string;
  readonly v1: string;
  readonly ours: string;
  readonly same: boolean;
  readonly reason: string;
}

export const corpus: string;
export const reasons: Readonly<Record<string, Readonly<Record<string, string>>>>;
export function runCorpus(engine?: string): Promise<{ readonly runs: readonly CorpusRun[]; dispose(): void }>;
export function compare(runs: readonly CorpusRun[]): ComparedRow[];
export function page(rows: readonly ComparedRow[]): string;
