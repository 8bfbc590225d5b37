import { statSync } from 'node:fs';
import { basename } from 'node:path';

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
}

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Paths of files; those that are not there are left out. */
  readonly attachments: readonly string[];
}

/** For each step of the conversation: connection, greeting, and every answer. */
const stepTimeoutMs = 10_000;
const mostAttachedBytes = 10_000_000;
const mostAttachedFiles = 50;

/**
 * Sends a mail: with TLS from the first byte on port 465, else with STARTTLS where the server offers it. Certificates
 * are verified, but for a server on this machine. Logs beyond 10 MB or 50 files are not attached.
 *
 * @throws Error with the server's or the system's reason, or with the reason of `signal` when that was aborted.
 */
export async function sendMail(server: MailServer, mail: Mail, signal: AbortSignal): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const { host, port, user, password } = server;
  const transport = createTransport({
    host,
    port,
    secure: port === 465,
    ...(user && password ? { auth: { user, pass: password } } : {}),
    connectionTimeout: stepTimeoutMs,
    greetingTimeout: stepTimeoutMs,
    socketTimeout: stepTimeoutMs,
    dnsTimeout: stepTimeoutMs,
    tls: { rejectUnauthorized: !isThisMachine(host) },
  });
  try {
    const { from, to, subject, text } = mail;
    const attachments = attached(mail.attachments).map((path) => ({
      filename: basename(path),
      path,
      contentType: 'text/plain; charset=utf-8',
    }));
    const sent = transport.sendMail({ from, to: [...to], subject, text, attachments });
    await Promise.race([sent, aborted(signal)]);
  } finally {
    transport.close();
  }
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function attached(paths: readonly string[]): string[] {
  const chosen: string[] = [];
  let room = mostAttachedBytes;
  for (const path of paths) {
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size === undefined || size > room || chosen.length === mostAttachedFiles) continue;
    room -= size;
    chosen.push(path);
  }
  return chosen;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
