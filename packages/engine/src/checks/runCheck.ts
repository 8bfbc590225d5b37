import { type Check, isCheckPath, nearest, parameterProblems } from '@executioner/core';
import type { CheckContext, CheckResult } from './check.ts';
import { runPlugIn } from './plugIn.ts';
import type { CheckRegistry } from './registry.ts';

/**
 * Runs one check within its time limit; a name that the registry does not know may be the path of a plug-in. Never
 * rejects: an unknown check, wrong parameters, an exception and a time limit are failures with a message.
 */
export async function runCheck(
  check: Check,
  registry: CheckRegistry,
  context: CheckContext,
): Promise<CheckResult> {
  const { name, params } = check;
  const definition = registry.get(name);
  if (definition === undefined && !isCheckPath(name)) return unknownCheck(name, registry);
  const [wrong] = definition === undefined ? [] : parameterProblems(definition, params);
  if (wrong !== undefined) return { ok: false, values: params, message: wrong.message };

  const controller = new AbortController();
  const stop = () => controller.abort('it was stopped');
  const limit = setTimeout(
    () => controller.abort(`it was not done within ${check.timeoutMs / 1000} s`),
    check.timeoutMs,
  );
  context.signal.addEventListener('abort', stop);
  try {
    if (context.signal.aborted) stop();
    const own = { ...context, signal: controller.signal };
    const running = definition?.run(params, own) ?? runPlugIn(name, params, own);
    return await Promise.race([running, aborted(controller.signal)]);
  } catch (error) {
    const reason = controller.signal.aborted ? controller.signal.reason : (error as Error).message;
    return { ok: false, values: params, message: `${name} gave no answer: ${reason}` };
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

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
