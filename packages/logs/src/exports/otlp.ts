import { createHash } from 'node:crypto';
import { hasFailed, type JobRecord, type RunRecord, type TryRecord } from '../runs/index.ts';

/** Spans of one run, as an OTLP/JSON request or file holds them. */
export interface ResourceSpans {
  readonly resource: { readonly attributes: readonly Attribute[] };
  readonly scopeSpans: readonly {
    readonly scope: { readonly name: string; readonly version: string };
    readonly spans: readonly Span[];
  }[];
}

export interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string } | { readonly intValue: string };
}

export interface Span {
  /** 16 and 8 bytes in hexadecimal digits. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1 internal, 2 server. */
  readonly kind: 1 | 2;
  /** Nanoseconds since 1970, as decimal digits: they do not fit a number of JSON. */
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  /** 0 unset, 1 ok, 2 error. */
  readonly status: { readonly code: 0 | 1 | 2; readonly message?: string };
}

/**
 * A run as a trace in the JSON encoding of OTLP: the run, its jobs, and their tries as spans, with the names that the
 * semantic conventions of OpenTelemetry have for CI/CD, and `executioner.…` for what they have none for. The same run has
 * the same ids whenever and wherever it is exported, so that sending it twice is no second trace. Durations of runs
 * and jobs that have not ended go to the last news of them.
 */
export function otlpTrace(run: RunRecord, version: string): ResourceSpans {
  const traceId = digest(16, 'trace', run.application, String(run.run), String(run.startedAtMs));
  const rootId = digest(8, traceId, 'run');
  const endMs = run.endedAtMs ?? run.startedAtMs + run.durationMs;
  const root: Span = {
    traceId,
    spanId: rootId,
    name: `RUN ${run.application}`.trimEnd(),
    kind: 2,
    startTimeUnixNano: nano(run.startedAtMs),
    endTimeUnixNano: nano(Math.max(run.startedAtMs, endMs)),
    attributes: attributes({
      'cicd.pipeline.result': runResult(run),
      'cicd.pipeline.action.name': 'RUN',
      'cicd.pipeline.run.state': run.outcome === undefined ? 'executing' : undefined,
      'error.type': run.outcome === 'failed' ? firstFailure(run) : undefined,
      'executioner.run.attempts': run.attempts,
      'executioner.run.workers': run.workers,
      'executioner.run.exit_code': run.exitCode,
    }),
    status: status(run.outcome === 'failed', run.outcome === 'succeeded'),
  };
  return {
    resource: {
      attributes: attributes({
        'service.name': 'executioner',
        'service.version': run.version,
        'host.name': run.host,
        'cicd.pipeline.name': run.application,
        'cicd.pipeline.run.id': run.run === undefined ? undefined : String(run.run),
      }),
    },
    scopeSpans: [
      {
        scope: { name: '@executioner/logs', version },
        spans: [root, ...run.jobs.flatMap((job) => jobSpans(job, { traceId, parentSpanId: rootId }))],
      },
    ],
  };
}

interface Parent {
  readonly traceId: string;
  readonly parentSpanId: string;
}

/** A job that never started has no span. */
function jobSpans(job: JobRecord, { traceId, parentSpanId }: Parent): Span[] {
  if (job.startedAtMs === undefined) return [];
  const spanId = digest(8, traceId, 'job', job.id);
  const endMs = job.endedAtMs ?? job.tries.at(-1)?.endedAtMs ?? job.startedAtMs;
  const failed = hasFailed(job);
  const span: Span = {
    traceId,
    spanId,
    parentSpanId,
    name: job.id,
    kind: 1,
    startTimeUnixNano: nano(job.startedAtMs),
    endTimeUnixNano: nano(Math.max(job.startedAtMs, endMs)),
    attributes: attributes({
      'cicd.pipeline.task.name': job.id,
      'cicd.pipeline.task.run.id': spanId,
      'cicd.pipeline.task.run.result': taskResult(job),
      'error.type': failed ? job.status : undefined,
      'executioner.job.status': job.status,
      'executioner.job.reason': job.reason,
      'executioner.job.tries': job.tries.length,
      'executioner.job.waited_ms': job.waitedMs,
      'executioner.job.cpu_ms': job.cpuMs,
      'executioner.job.max_rss_kb': job.maxRssKb,
    }),
    status: status(failed && job.reason !== 'allowed', job.status === 'succeeded'),
  };
  return [
    span,
    ...job.tries.map((each, index) => trySpan(each, index + 1, job, { traceId, parentSpanId: spanId })),
  ];
}

function trySpan(each: TryRecord, number: number, job: JobRecord, { traceId, parentSpanId }: Parent): Span {
  const failed = each.status !== undefined && each.status !== 'succeeded';
  const endMs = each.endedAtMs ?? job.endedAtMs ?? each.startedAtMs;
  return {
    traceId,
    spanId: digest(8, traceId, 'try', job.id, String(number)),
    parentSpanId,
    name: `${job.id} try ${number}`,
    kind: 1,
    startTimeUnixNano: nano(each.startedAtMs),
    endTimeUnixNano: nano(Math.max(each.startedAtMs, endMs)),
    attributes: attributes({
      'executioner.try.number': number,
      'process.exit.code': each.exitCode,
      'executioner.try.signal': each.signal,
      'executioner.try.limit_ms': each.limitMs,
      'error.type': failed ? each.status : undefined,
    }),
    status: {
      ...status(failed, each.status === 'succeeded'),
      ...(each.error === undefined ? {} : { message: each.error }),
    },
  };
}

function runResult({ outcome }: RunRecord): string | undefined {
  switch (outcome) {
    case 'succeeded':
      return 'success';
    case 'failed':
      return 'failure';
    case 'cancelled':
      return 'cancellation';
    default:
      return undefined;
  }
}

function taskResult({ status: how }: JobRecord): string | undefined {
  switch (how) {
    case 'succeeded':
      return 'success';
    case 'timed_out':
      return 'timeout';
    case 'cancelled':
      return 'cancellation';
    case 'skipped':
      return 'skip';
    case 'errored':
    case 'unknown':
      return 'error';
    case 'running':
    case 'waiting':
      return undefined;
    default:
      return 'failure';
  }
}

function firstFailure({ jobs }: RunRecord): string {
  const failed = jobs.filter(hasFailed).sort((a, b) => (a.endedAtMs ?? 0) - (b.endedAtMs ?? 0));
  return failed[0]?.status ?? 'failed';
}

function status(failed: boolean, succeeded: boolean): { readonly code: 0 | 1 | 2 } {
  return { code: failed ? 2 : succeeded ? 1 : 0 };
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): Attribute[] {
  return Object.entries(values).flatMap(([key, value]): Attribute[] => {
    if (value === undefined || value === '') return [];
    return typeof value === 'number'
      ? [{ key, value: { intValue: String(Math.round(value)) } }]
      : [{ key, value: { stringValue: value } }];
  });
}

function nano(ms: number): string {
  return `${Math.round(ms)}000000`;
}

function digest(bytes: number, ...parts: readonly string[]): string {
  return createHash('sha256')
    .update(parts.join('\n'))
    .digest('hex')
    .slice(0, 2 * bytes);
}
