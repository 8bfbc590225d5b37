import { setTimeout as wait } from 'node:timers/promises';
import { requestFunction } from '../http/requestFunction.ts';

export interface Webhook {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface WebhookTiming {
  /** For each try. */
  readonly timeoutMs: number;
  /** Before each further try; as many as there are waits. */
  readonly waitsMs: readonly number[];
}

export const webhookTiming: WebhookTiming = { timeoutMs: 10_000, waitsMs: [1000, 3000] };

/**
 * Posts `body` as JSON. Statuses from 500 on, 429, and connections that fail are tried again; redirections are not
 * followed.
 *
 * @throws Error with a sentence when the last try failed, or with the reason of `signal` when that was aborted.
 */
export async function postWebhook(
  webhook: Webhook,
  body: string,
  signal: AbortSignal,
  { timeoutMs, waitsMs }: WebhookTiming = webhookTiming,
): Promise<void> {
  for (let number = 0; ; number++) {
    const answer = await postOnce(webhook, body, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
    signal.throwIfAborted();
    if (answer.ok) return;
    const waitMs = answer.again ? waitsMs[number] : undefined;
    if (waitMs === undefined) {
      const tries = number === 0 ? '' : ` (${number + 1} tries)`;
      throw new Error(`${answer.problem}${tries}`);
    }
    await wait(waitMs, undefined, { signal });
  }
}

type Answer =
  | { readonly ok: true }
  | { readonly ok: false; readonly again: boolean; readonly problem: string };

async function postOnce({ url, headers }: Webhook, body: string, signal: AbortSignal): Promise<Answer> {
  const request = await requestFunction(url);
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => {
      const problem = signal.aborted ? 'no answer in time' : error.message || String(error.code);
      resolve({ ok: false, again: true, problem });
    };
    try {
      const all = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...headers,
      };
      const pending = request(url, { method: 'POST', headers: all, agent: false, signal }, (response) => {
        const status = response.statusCode ?? 0;
        response.on('error', () => {}).destroy();
        if (status >= 200 && status < 300) resolve({ ok: true });
        else resolve({ ok: false, again: status >= 500 || status === 429, problem: `status ${status}` });
      });
      pending.on('error', failed).end(body);
    } catch (error) {
      // An address or a header that cannot be sent.
      resolve({ ok: false, again: false, problem: (error as Error).message });
    }
  });
}
