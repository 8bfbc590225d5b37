import type { Configuration, EmailSettings } from '@executioner/core';
import { interpolate } from '@executioner/core';
import { type Masker, maskDeep } from '../output/index.ts';
import { type FailedJob, type RunSummary, renderSummary } from '../summary/index.ts';
import { type Mail, type MailServer, sendMail } from './mail.ts';
import {
  finishedPayload,
  jobFailurePayload,
  type NotificationPayload,
  type Occasion,
  type RunHead,
  resumeCommand,
  startedPayload,
} from './occasion.ts';
import { postWebhook, type Webhook, type WebhookTiming, webhookTiming } from './webhook.ts';

/** Tells people and programs about one attempt of a run. Nothing here ever fails the run. */
export interface Notifier {
  started(): void;
  jobFailed(job: FailedJob): void;
  /** Sends what is due at the end and waits until all has been sent or given up, at most `endLimitMs`. */
  finished(summary: RunSummary): Promise<void>;
  /** Gives up all that is under way. */
  abort(): void;
}

export interface NotifierOptions {
  readonly configuration: Configuration;
  readonly head: RunHead;
  /** What `${NAME}` in addresses, headers and credentials stands for. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly masker: Masker;
  /** The logs to attach to an e-mail about the end, the most important first. */
  readonly logs: (summary: RunSummary) => readonly string[];
  /** Lines for the run log. */
  readonly report: (level: 'INFO' | 'WARNING', message: string) => void;
  readonly endLimitMs?: number;
  readonly timing?: WebhookTiming;
}

type Channel =
  | { readonly kind: 'email'; readonly on: ReadonlySet<Occasion>; readonly to: readonly string[] }
  | { readonly kind: 'webhook'; readonly on: ReadonlySet<Occasion>; readonly webhook: Webhook };

const usualEndLimitMs = 30_000;
/** A run with very many failing jobs does not flood a mailbox: the message about the end names them. */
const mostJobFailures = 20;

export function notifier(options: NotifierOptions): Notifier {
  const { configuration, head, masker, report } = options;
  const fill = (text: string) => interpolate(text, (name) => options.environment[name]).text;
  const channels = channelsOf(configuration, fill);
  const server = mailServer(configuration.email, fill);
  const controller = new AbortController();
  /** By channel, so that messages arrive in order. */
  const sending = new Map<Channel, Promise<void>>();
  let jobFailures = 0;

  const { addresses, onSuccess, onFailure } = configuration.email;
  if (addresses.length > 0 && (onSuccess || onFailure) && !addresses.some(isAddress)) {
    const written = addresses.join(',');
    report('WARNING', `Email notifications enabled but email_address is invalid: '${written}'.`);
  }

  function tell(payload: NotificationPayload, summary?: RunSummary): void {
    for (const channel of channels) {
      if (!channel.on.has(payload.event)) continue;
      const before = sending.get(channel) ?? Promise.resolve();
      sending.set(
        channel,
        before.then(() => send(channel, payload, summary)),
      );
    }
  }

  async function send(channel: Channel, payload: NotificationPayload, summary?: RunSummary): Promise<void> {
    const what = channel.kind === 'email' ? 'email' : `to webhook ${originOf(channel.webhook.url)}`;
    try {
      controller.signal.throwIfAborted();
      if (channel.kind === 'webhook') {
        const body = JSON.stringify(maskDeep(payload, masker));
        await postWebhook(channel.webhook, body, controller.signal, options.timing ?? webhookTiming);
        report('INFO', `Notification ${what} sent for run ${head.run}.`);
      } else {
        const logs = summary === undefined ? [] : options.logs(summary);
        await sendMail(server, compose(channel.to, payload, summary, logs), controller.signal);
        const list = channel.to.map((address) => `'${address}'`).join(', ');
        report('INFO', `Notification email sent to [${list}] for run ${head.run}.`);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const isUnset = channel.kind === 'email' && configuration.email.server === undefined;
      const advice = isUnset ? ` (no smtp_server is set, so ${server.host}:${server.port} was tried)` : '';
      report('WARNING', `Failed to send notification ${what}: ${masker(reason)}${advice}`);
    }
  }

  function compose(
    to: readonly string[],
    payload: NotificationPayload,
    summary: RunSummary | undefined,
    attachments: readonly string[],
  ): Mail {
    const { application, run } = head;
    const from = server.user !== undefined && isAddress(server.user) ? server.user : to[0]!;
    const subject = masker(`[${application}] Run #${run} ${subjectWords[payload.event]}`);
    return { from, to, subject, text: masker(mailText(payload, summary, head)), attachments };
  }

  return {
    started: () => tell(startedPayload(head)),
    jobFailed(job) {
      jobFailures += 1;
      if (jobFailures <= mostJobFailures) tell(jobFailurePayload(head, job));
    },
    async finished(summary) {
      tell(finishedPayload(head, summary), summary);
      if (sending.size === 0) return;
      const limitMs = options.endLimitMs ?? usualEndLimitMs;
      const limit = setTimeout(() => controller.abort(`not done within ${limitMs / 1000} s`), limitMs);
      await Promise.all(sending.values());
      clearTimeout(limit);
    },
    abort: () => controller.abort('the run was killed'),
  };
}

const subjectWords: Readonly<Record<Occasion, string>> = {
  started: 'STARTED',
  success: 'SUCCESS',
  failure: 'FAILURE',
  job_failure: 'JOB FAILURE',
};

function mailText(payload: NotificationPayload, summary: RunSummary | undefined, head: RunHead): string {
  if (summary === undefined) {
    const lines = payload.failed?.[0]?.last_lines ?? [];
    const printed =
      lines.length === 0 ? '' : `\nLast output:\n${lines.map((line) => `  | ${line}\n`).join('')}`;
    return `${payload.text}\n${printed}\nLog: ${payload.failed?.[0]?.log ?? head.log}\n`;
  }
  return renderSummary(summary, { resumeCommand: resumeCommand(head) });
}

/** The mails that the keys of version 1 ask for, and the `notifications`. */
function channelsOf(configuration: Configuration, fill: (text: string) => string): Channel[] {
  const { addresses, onSuccess, onFailure } = configuration.email;
  const wished: Occasion[] = [
    ...(onSuccess ? ['success' as const] : []),
    ...(onFailure ? ['failure' as const] : []),
  ];
  const usual: Channel = { kind: 'email', on: new Set(wished), to: addresses.filter(isAddress) };
  const further = configuration.notifications.map((entry) => channelOf(entry, addresses, fill));
  return [usual, ...further].filter((channel) => channel.kind === 'webhook' || channel.to.length > 0);
}

function channelOf(
  entry: Readonly<Record<string, unknown>>,
  usual: readonly string[],
  fill: (text: string) => string,
): Channel {
  const { type, on = ['failure'], to, url = '', headers = {} } = entry as Partial<RawNotification>;
  if (type === 'webhook') {
    const filled = Object.entries(headers).map(([name, value]) => [name, fill(value)]);
    return {
      kind: 'webhook',
      on: new Set(on),
      webhook: { url: fill(url), headers: Object.fromEntries(filled) },
    };
  }
  const written = to === undefined ? usual : [to].flat().flatMap((text) => fill(text).split(','));
  return { kind: 'email', on: new Set(on), to: written.map((address) => address.trim()).filter(isAddress) };
}

interface RawNotification {
  readonly type: 'email' | 'webhook';
  readonly on?: readonly Occasion[];
  readonly to?: string | readonly string[];
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function mailServer(
  { server, port, user, password }: EmailSettings,
  fill: (text: string) => string,
): MailServer {
  return {
    host: server ? fill(server) : 'localhost',
    port: port ?? 587,
    ...(user ? { user: fill(user) } : {}),
    ...(password ? { password: fill(password) } : {}),
  };
}

function isAddress(text: string): boolean {
  return text.includes('@');
}

/** The path of a webhook often is its secret. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'without a usable address';
}
