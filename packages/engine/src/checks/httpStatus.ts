import { requestFunction } from '../http/requestFunction.ts';
import { builtIn } from './builtIn.ts';

/** One request without keeping the connection; the body is not read. */
export const httpStatus = builtIn(
  'http_status',
  async ({ url, status, method = 'GET', headers = {} }, { signal }) => {
    const wanted = status === undefined ? undefined : [status].flat().map(Number);
    const values = { url, method, expected: wanted ?? '2xx' };
    try {
      const found = await statusOf(
        url as string,
        method as string,
        headers as Record<string, string>,
        signal,
      );
      const ok = wanted === undefined ? found >= 200 && found < 300 : wanted.includes(found);
      const message = `${url} answered with status ${found}`;
      return {
        ok,
        values: { ...values, status: found },
        message: ok ? message : `${message}, not ${wanted?.join(' or ') ?? '2xx'}`,
      };
    } catch (error) {
      signal.throwIfAborted();
      const { code, message } = error as NodeJS.ErrnoException;
      return {
        ok: false,
        values: { ...values, errno: code },
        message: `${url} gave no answer: ${message || code}`,
      };
    }
  },
);

async function statusOf(
  url: string,
  method: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<number> {
  const request = await requestFunction(url);
  return new Promise((resolve, reject) => {
    const pending = request(url, { method, headers, signal, agent: false }, (response) => {
      response.on('error', () => {});
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    pending.on('error', reject);
    pending.end();
  });
}
