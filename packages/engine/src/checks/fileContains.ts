import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { builtIn } from './builtIn.ts';
import { describeWanted, findFirst, wantedBy } from './search.ts';
import { unreadable } from './unreadable.ts';

export const fileContains = builtIn('file_contains', async (params, { workingDir, signal }) => {
  const file = resolve(workingDir, params.path as string);
  const wanted = describeWanted(params);
  try {
    const bytes = createReadStream(file, { signal, highWaterMark: 1 << 18 });
    const hit = await findFirst(bytes, wantedBy(params), signal);
    const values = { ...params, file };
    return hit === undefined
      ? { ok: false, values, message: `${wanted} does not occur in "${file}"` }
      : {
          ok: true,
          values: { ...values, ...hit },
          message: `${wanted} occurs in "${file}", line ${hit.line}`,
        };
  } catch (error) {
    signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException;
    return { ok: false, values: { ...params, file, errno: code }, message: unreadable(file, error) };
  }
});
