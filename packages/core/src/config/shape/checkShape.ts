import type { DocumentPath, ParsedDocument } from '../../document/index.ts';
import type { Finding, Findings } from '../findings.ts';
import type { RawConfiguration } from '../schema/index.ts';
import { fitsSchema, type ShapeError } from '../schema/validator.generated.ts';
import { goodwill } from './goodwill.ts';
import { remarkOnKeys } from './keyUse.ts';
import { applyRepairs, type Repair } from './repair.ts';
import { branchFor, kindOf, schemaAt, valueAt } from './schemaAt.ts';
import { ownerOf, unknownKey } from './unknownKey.ts';
import { show } from './wording.ts';
import { expectation, wrongValue } from './wrongValue.ts';

/** What is left of a document when everything that does not fit the schema has been reported and taken out. */
export interface Shape {
  /** Fits the schema but for unknown keys and for holes in `jobs` and `include`, where an entry was unusable. */
  readonly raw: RawConfiguration;
  readonly version: 1 | 2;
  /** Ids of jobs that are there but unusable: dependencies on them are no further mistake. */
  readonly unusableIds: readonly string[];
}

/** Checks the document against the schema. Undefined when it is not even a mapping. Cost: linear. */
export function checkShape(document: ParsedDocument, findings: Findings): Shape | undefined {
  const { file, value } = document;
  if (kindOf(value) !== 'object') {
    findings.add({
      code: 'E201',
      message: `the file is ${value === null ? 'empty' : show(value)}, expected a workflow: a mapping with "jobs"`,
      place: { file, path: [] },
    });
    return undefined;
  }
  const version = (value as { version?: unknown }).version === 2 ? 2 : 1;
  remarkOnKeys(value as object, file, version, findings);
  if (fitsSchema(value)) return { raw: value as RawConfiguration, version, unusableIds: [] };
  return repairShape(fitsSchema.errors ?? [], document, version, findings);
}

interface Problems {
  readonly repairs: Repair[];
  readonly unusableIds: string[];
}

function repairShape(
  errors: readonly ShapeError[],
  document: ParsedDocument,
  version: 1 | 2,
  findings: Findings,
): Shape {
  const problems: Problems = { repairs: [], unusableIds: [] };
  const seen = new Set<string>();
  for (const error of errors) {
    const path = pathOf(error.instancePath, document.value);
    const isOfValue = error.keyword !== 'required' && !isAboutKey(error);
    // A union gives an error for each of its branches: one message says it all.
    if (isOfValue && seen.has(error.instancePath)) continue;
    const finding = explain(error, path, document, version, problems);
    if (finding === undefined) continue;
    if (isOfValue) seen.add(error.instancePath);
    const job = jobAt(path, document.value);
    findings.add(job === undefined ? finding : { ...finding, job });
  }
  const raw = applyRepairs(document.value, problems.repairs) as RawConfiguration;
  return { raw: withoutHoles(raw, problems.repairs), version, unusableIds: problems.unusableIds };
}

function explain(
  error: ShapeError,
  path: DocumentPath,
  document: ParsedDocument,
  version: 1 | 2,
  problems: Problems,
): Omit<Finding, 'job'> | undefined {
  const { file, value: root } = document;
  if (error.keyword === 'required')
    return missingKey(String(error.params.missingProperty), path, document, problems);
  if (isAboutKey(error)) {
    const key = String(error.params.additionalProperty);
    if (version === 1 && key.startsWith('_') && path.length <= 2) return undefined;
    const finding = unknownKey(path, key, root, file, version === 2);
    if (finding.code !== 'W201') takeOut([...path, key], root, problems);
    return finding;
  }
  const node = schemaAt(path, root);
  const value = valueAt(path, root);
  if (node === undefined || isAboutItsParts(error, branchFor(node, value)?.type)) return undefined;
  const kindly = version === 1 ? goodwill(path, node, root, file) : undefined;
  if (kindly !== undefined) {
    problems.repairs.push(kindly.repair);
    return kindly.finding;
  }
  takeOut(path, root, problems);
  const finding = wrongValue(path, node, root, file);
  return path.length === 1 && path[0] === 'version' ? { ...finding, code: 'E207' } : finding;
}

/** `members` is said of the objects of the schema, `additionalProperties` of maps whose keys people choose. */
function isAboutKey(error: ShapeError): boolean {
  return error.keyword === 'members' || error.keyword === 'additionalProperties';
}

/** A list or mapping where one may be: what is wrong is inside, and has an error of its own. */
function isAboutItsParts(error: ShapeError, type: string | undefined): boolean {
  return (type === 'object' || type === 'array') && !error.keyword.startsWith('min');
}

function missingKey(
  key: string,
  path: DocumentPath,
  document: ParsedDocument,
  problems: Problems,
): Omit<Finding, 'job'> | undefined {
  const owner = valueAt(path, document.value) as Record<string, unknown>;
  const isJob = path[0] === 'jobs' && path.length === 2;
  if (isJob && key === 'id' && typeof owner.job_id === 'string' && owner.job_id !== '') {
    problems.repairs.push({ path: [...path, 'id'], value: owner.job_id });
    if (owner.description === undefined && typeof owner.job_description === 'string') {
      problems.repairs.push({ path: [...path, 'description'], value: owner.job_description });
    }
    return undefined;
  }
  takeOut(path, document.value, problems);
  const node = schemaAt(path, document.value);
  const form = node && branchFor(node, owner);
  return {
    code: 'E202',
    message: `${isJob ? `job ${Number(path[1]) + 1}` : ownerOf(path)} has no "${key}"`,
    place: { file: document.file, path },
    hint: isJob || form === undefined ? 'every job needs an "id" of its own' : `write ${expectation(form)}`,
  };
}

function takeOut(path: DocumentPath, root: unknown, problems: Problems): void {
  const repair = removal(path);
  if (repair === undefined) return;
  problems.repairs.push(repair);
  const isWholeJob = repair.path[0] === 'jobs' && repair.path.length === 2;
  const id = isWholeJob ? valueAt([...repair.path, 'id'], root) : undefined;
  if (typeof id === 'string') problems.unusableIds.push(id);
}

/**
 * The repair that takes out what is wrong at `path`, as little as possible and so that nothing else becomes wrong by
 * it: the rest is still checked, and names that are merely ill defined still exist.
 */
function removal(path: DocumentPath): Repair | undefined {
  const [section, name, key] = path;
  const out = (depth: number): Repair => ({ path: path.slice(0, depth), value: undefined });
  if (section === undefined) return undefined;
  if (name === undefined) return out(1);
  switch (section) {
    case 'jobs':
      if (key === undefined || key === 'id') return out(2);
      return out(key === 'dependencies' ? 4 : 3);
    case 'env_sets':
    case 'job_templates':
      return key === undefined ? { path: [section, name], value: {} } : out(3);
    case 'checks':
      return { path: [section, name], value: { name: 'check_file_exists' } };
    case 'resources':
      return { path: [section, name], value: 1_000_000_000 };
    case 'include':
    case 'env_variables':
      return out(2);
    default:
      return out(1);
  }
}

/** Lists of values close up over their holes; jobs and includes keep their indices. */
function withoutHoles(raw: RawConfiguration, repairs: readonly Repair[]): RawConfiguration {
  const lists = new Map<string, DocumentPath>();
  for (const { path, value } of repairs) {
    if (value !== undefined || typeof path.at(-1) !== 'number') continue;
    if (path.length === 2 && (path[0] === 'jobs' || path[0] === 'include')) continue;
    lists.set(JSON.stringify(path.slice(0, -1)), path.slice(0, -1));
  }
  const closed = [...lists.values()].flatMap((path): Repair[] => {
    const list = valueAt(path, raw);
    return Array.isArray(list) ? [{ path, value: list.filter((entry) => entry !== undefined) }] : [];
  });
  return closed.length === 0 ? raw : (applyRepairs(raw, closed) as RawConfiguration);
}

/** JSON pointers do not tell the index 0 from the key "0": the document does. */
function pathOf(pointer: string, root: unknown): DocumentPath {
  const path: (string | number)[] = [];
  let value = root;
  for (const escaped of pointer.split('/').slice(1)) {
    const text = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(value) ? Number(text) : text;
    path.push(step);
    value = valueAt([step], value);
  }
  return path;
}

function jobAt(path: DocumentPath, root: unknown): string | undefined {
  const id = path[0] === 'jobs' && path.length > 1 ? valueAt(path.slice(0, 2).concat('id'), root) : undefined;
  return typeof id === 'string' ? id : undefined;
}
