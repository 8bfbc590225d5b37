import { createHash } from 'node:crypto';
import type { ImportedJob, ImportReading } from './importedRun.ts';
import { type ImportFinding, importFinding } from './importFinding.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Whether a parsed JSON file is a trace in WfFormat: a schema version and a workflow. */
export function isWfFormat(value: unknown): value is Fields {
  return typeof fields(value).schemaVersion === 'string' && typeof fields(value).workflow === 'object';
}

/**
 * Reads a trace in WfFormat 1.3 to 1.5: one run with a job per task, its run time, command and parents. Such a trace
 * has no times of day for tasks: each starts when its parents are over. Linear in tasks and edges.
 */
export function readWfFormat(value: Fields, file: string): ImportReading {
  const version = String(value.schemaVersion);
  const findings: ImportFinding[] = [];
  if (!/^1\.[345]$/.test(version)) {
    const message = `this is a trace in WfFormat ${version}; versions 1.3, 1.4 and 1.5 can be read`;
    return { runs: [], findings: [importFinding('E134', file, message)] };
  }
  const workflow = fields(value.workflow);
  const tasks = tasksOf(workflow, (index) => {
    const message = `task ${index + 1} has neither id nor name, and was left out`;
    findings.push(importFinding('W131', file, message));
  });
  if (tasks.length === 0) {
    return { runs: [], findings: [...findings, importFinding('W135', file, 'this trace holds no task')] };
  }
  const execution = { ...fields(workflow), ...fields(workflow.execution) };
  const executedAt = text(execution.executedAt) || text(value.createdAt);
  const executedAtMs = parseTraceTime(executedAt);
  const startedAtMs = executedAtMs ?? 0;
  if (executedAtMs === undefined) {
    const message = `the trace does not say when it ran ("${executedAt}"), so it stands at the beginning of 1970`;
    findings.push(importFinding('W132', file, message));
  }
  const jobs = jobsOf(tasks, startedAtMs, (id) => {
    const message = `task "${id}" has no run time, and gives no estimate`;
    findings.push(importFinding('W133', file, message));
  });
  const makespan = number(execution.makespanInSeconds) ?? number(execution.makespan);
  const lastEndMs = jobs.reduce((last, job) => Math.max(last, job.startedAtMs + job.durationMs), startedAtMs);
  const { tasks: _tasks, specification: _specification, files: _files, ...columns } = execution;
  const attempt = {
    attempt: 1,
    startedAtMs,
    endedAtMs:
      makespan === undefined ? lastEndMs : Math.max(lastEndMs, startedAtMs + Math.round(makespan * 1000)),
    jobCount: jobs.length,
    columns: { name: value.name, description: value.description, schemaVersion: version, ...columns },
    jobs,
  };
  const application = text(value.name) || 'wfformat';
  const key = `wfformat:${createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)}`;
  return { runs: [{ kind: 'wfformat', key, application, attempts: [attempt] }], findings };
}

interface Task {
  readonly id: string;
  readonly parents: readonly string[];
  readonly columns: Fields;
}

/** Version 1.5 parts a task into what was specified and what was executed; before, both stand together. */
function tasksOf(workflow: Fields, onNameless: (index: number) => void): Task[] {
  const specified = list(fields(workflow.specification).tasks);
  const executed = list(fields(workflow.execution).tasks);
  const together = list(workflow.tasks);
  const executedById = new Map(executed.map((task) => [text(task.id) || text(task.name), task]));
  const idByName = new Map<string, string>();
  const tasks: Task[] = [];
  [...specified, ...together].forEach((task, index) => {
    const id = text(task.id) || text(task.name);
    if (id === '') {
      onNameless(index);
      return;
    }
    if (text(task.name) !== '') idByName.set(text(task.name), id);
    tasks.push({ id, parents: list(task.parents, text), columns: { ...task, ...executedById.get(id) } });
  });
  const ids = new Set(tasks.map(({ id }) => id));
  return tasks.map((task) => ({
    ...task,
    parents: task.parents.map((parent) => (ids.has(parent) ? parent : (idByName.get(parent) ?? parent))),
  }));
}

function jobsOf(tasks: readonly Task[], startedAtMs: number, onUntimed: (id: string) => void): ImportedJob[] {
  const starts = startTimes(tasks);
  return tasks.map(({ id, parents, columns }) => {
    const seconds = runtimeOf(columns);
    if (seconds === undefined) onUntimed(id);
    const durationMs = Math.round((seconds ?? 0) * 1000);
    const start = startedAtMs + (starts.get(id) ?? 0);
    const memory = number(columns.memoryInBytes);
    return {
      id,
      command: commandOf(columns.command),
      description: text(columns.name) === id ? '' : text(columns.name),
      dependencies: parents,
      status: seconds === undefined ? 'unknown' : 'succeeded',
      startedAtMs: start,
      durationMs,
      tries: [
        {
          startedAtMs: start,
          endedAtMs: start + durationMs,
          ...(seconds === undefined ? {} : { exitCode: 0 }),
          ...(memory === undefined ? {} : { maxRssKb: Math.round(memory / 1024) }),
        },
      ],
      columns,
    };
  });
}

/** Milliseconds from the start by id: when the last parent is over. A cycle, which no trace has, is cut. */
function startTimes(tasks: readonly Task[]): ReadonlyMap<string, number> {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const waiting = new Map(
    tasks.map(({ id, parents }) => [id, parents.filter((one) => byId.has(one)).length]),
  );
  const children = new Map<string, string[]>();
  for (const { id, parents } of tasks) {
    for (const parent of parents) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [id]);
      else known.push(id);
    }
  }
  const starts = new Map<string, number>();
  const ready = tasks.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id);
  for (const id of ready) {
    const endMs = (starts.get(id) ?? 0) + Math.round((runtimeOf(byId.get(id)!.columns) ?? 0) * 1000);
    for (const child of children.get(id) ?? []) {
      starts.set(child, Math.max(starts.get(child) ?? 0, endMs));
      const rest = waiting.get(child)! - 1;
      waiting.set(child, rest);
      if (rest === 0) ready.push(child);
    }
  }
  return starts;
}

function runtimeOf(columns: Fields): number | undefined {
  const seconds = number(columns.runtimeInSeconds) ?? number(columns.runtime);
  return seconds === undefined || seconds < 0 ? undefined : seconds;
}

function commandOf(value: unknown): string {
  const { program, arguments: words } = fields(value);
  return [text(program), ...list(words, text)].filter((word) => word !== '').join(' ');
}

/** ISO 8601, its short form `20200401T035043+0000`, or `01-22-21T04:55:41Z` with the month first. */
function parseTraceTime(value: string): number | undefined {
  const short = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)([+-]\d\d)(\d\d)$/.exec(value);
  const monthFirst = /^(\d\d)-(\d\d)-(\d\d)(T.*)$/.exec(value);
  const iso =
    short !== null
      ? `${short[1]}-${short[2]}-${short[3]}T${short[4]}:${short[5]}:${short[6]}${short[7]}:${short[8]}`
      : monthFirst !== null
        ? `20${monthFirst[3]}-${monthFirst[1]}-${monthFirst[2]}${monthFirst[4]}`
        : value;
  const timeMs = Date.parse(iso);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function list(value: unknown): Fields[];
function list<T>(value: unknown, map: (item: unknown) => T): T[];
function list(value: unknown, map: (item: unknown) => unknown = fields): unknown[] {
  return Array.isArray(value) ? value.map((item) => map(item)) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
