import { builtIn } from './builtIn.ts';
import type { CheckContext, CheckParams, CheckResult } from './check.ts';
import { describeWanted, findFirst, type Hit, wantedBy } from './search.ts';

export const outputContains = builtIn('output_contains', (params, context) =>
  search(params, context, (hit, wanted) =>
    hit === undefined
      ? { ok: false, message: `${wanted} does not occur in what the command printed` }
      : { ok: true, message: `the command printed ${wanted}, line ${hit.line}` },
  ),
);

export const outputNotContains = builtIn('output_not_contains', (params, context) =>
  search(params, context, (hit, wanted) =>
    hit === undefined
      ? { ok: true, message: `${wanted} does not occur in what the command printed` }
      : { ok: false, message: `the command printed ${wanted}, line ${hit.line}: ${hit.text}` },
  ),
);

type Verdict = (hit: Hit | undefined, wanted: string) => Pick<CheckResult, 'ok' | 'message'>;

async function search(
  params: CheckParams,
  { output, signal }: CheckContext,
  verdict: Verdict,
): Promise<CheckResult> {
  if (output === undefined) {
    return { ok: false, values: params, message: 'there is no output to look at: the command has not run' };
  }
  try {
    const hit = await findFirst(output.read(signal), wantedBy(params), signal);
    const values = { ...params, output_bytes: output.sizeBytes, ...hit };
    return { values, ...verdict(hit, describeWanted(params)) };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    return {
      ok: false,
      values: { ...params, errno: code },
      message: `the output cannot be read: ${message}`,
    };
  }
}
