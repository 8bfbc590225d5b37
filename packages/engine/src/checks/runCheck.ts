import { type Check, nearest } from '@executioner/core';
import type { CheckContext, CheckDefinition, CheckResult } from './check.ts';
import type { CheckRegistry } from './registry.ts';

/**
 * Runs one check within its time limit. Never rejects: an unknown check, wrong parameters, an exception and a time limit
 * are failures with a message.
 */
export async function runCheck(
  check: Check,
  registry: CheckRegistry,
  context: CheckContext,
): Promise<CheckResult> {
  const definition = registry.get(check.name);
  if (definition === undefined) return unknownCheck(check.name, registry);
  const wrong = wrongParameter(check, definition);
  if (wrong !== undefined) return { ok: false, values: check.params, message: wrong };

  const controller = new AbortController();
  const stop = () => controller.abort('it was stopped');
  const limit = setTimeout(
    () => controller.abort(`it was not done within ${check.timeoutMs / 1000} s`),
    check.timeoutMs,
  );
  context.signal.addEventListener('abort', stop);
  try {
    if (context.signal.aborted) stop();
    const { signal } = controller;
    return await Promise.race([definition.run(check.params, { ...context, signal }), aborted(signal)]);
  } catch (error) {
    const reason = controller.signal.aborted ? controller.signal.reason : (error as Error).message;
    return { ok: false, values: check.params, message: `${check.name} gave no answer: ${reason}` };
  } finally {
    clearTimeout(limit);
    context.signal.removeEventListener('abort', stop);
  }
}

function unknownCheck(name: string, registry: CheckRegistry): CheckResult {
  const meant = nearest(name, registry.keys());
  const hint =
    meant === undefined ? `known are ${[...registry.keys()].join(', ')}` : `did you mean "${meant}"?`;
  return { ok: false, values: { unknown_check: name }, message: `there is no check "${name}"; ${hint}` };
}

function wrongParameter(check: Check, { name, parameters }: CheckDefinition): string | undefined {
  for (const parameter of parameters) {
    const value = check.params[parameter.name];
    if (value === undefined && parameter.optional) continue;
    if (value === undefined) return `${name} needs the parameter "${parameter.name}"`;
    if (typeof value !== parameter.type) {
      return `the parameter "${parameter.name}" of ${name} must be a ${parameter.type}, not ${JSON.stringify(value)}`;
    }
  }
  const known = new Set(parameters.map((parameter) => parameter.name));
  const unknown = Object.keys(check.params).find((key) => !known.has(key));
  return unknown === undefined ? undefined : `${name} has no parameter "${unknown}"`;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
