import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type NotificationPayload, notifier } from '../../src/notify/index.ts';
import type { RunSummary } from '../../src/summary/index.ts';
import { makeRig, occursIn, type Rig } from '../run/rig.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';

let rig: Rig;
beforeEach(() => {
  rig = makeRig();
});
afterEach(() => rig.remove());

const runLog = () => rig.read('logs', 'executioner.app.run-1.log');

describe('e-mail', () => {
  let mailbox: Mailbox;
  const mailSettings = (own: object = {}) => ({
    email_address: 'ops@example.com, dba@example.com',
    smtp_server: '127.0.0.1',
    smtp_port: mailbox.port,
    ...own,
  });
  afterEach(() => mailbox.close());

  test('about a failure: subject, summary, last lines, resume command and the logs of the run; secrets masked', async () => {
    mailbox = await openMailbox();
    await rig.run(
      [
        {
          id: 'load',
          command: 'echo "connecting with $DB_PASSWORD"; exit 3',
          env_variables: { DB_PASSWORD: 'hunter22' },
        },
      ],
      mailSettings(),
    );
    const [mail, ...others] = mailbox.mails;
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      from: 'ops@example.com',
      to: ['ops@example.com', 'dba@example.com'],
      secure: true,
    });
    expect(mail!.raw).toMatch(/^Subject: \[app\] Run #1 FAILURE\r$/m);
    const body = mail!.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    expect(body).toMatch(/Reason.*: failed with exit code 3/);
    expect(body).toContain('| connecting with ****');
    expect(body).toMatch(/Resume: executioner run \/.*\/workflow\.json --resume-from 1/);
    expect(mail!.raw.match(/filename=.*/g)).toEqual([
      'filename=executioner.app.run-1.log',
      'filename=executioner.app.job-load.run-1.log',
    ]);
    expect(occursIn(rig.folder, 'hunter22')).toBe(false);
    expect(mail!.raw).not.toContain(Buffer.from('hunter22').toString('base64').slice(0, 8));
    expect(runLog()).toContain(
      "INFO - Notification email sent to ['ops@example.com', 'dba@example.com'] for run 1.\n",
    );
  });

  test('of a success only when asked for', async () => {
    mailbox = await openMailbox();
    await rig.run([{ id: 'a', command: 'true' }], mailSettings());
    expect(mailbox.mails).toEqual([]);
    await rig.run([{ id: 'a', command: 'true' }], mailSettings({ email_on_success: true }));
    expect(mailbox.mails.map(({ raw }) => /^Subject: (.*)\r$/m.exec(raw)?.[1])).toEqual([
      '[app] Run #2 SUCCESS',
    ]);
  });

  test('with a user and password from a variable, over STARTTLS', async () => {
    mailbox = await openMailbox({ authOptional: false });
    const settings = mailSettings({ smtp_user: 'robot@example.com', smtp_password: '${MAIL_PASSWORD}' });
    await rig.run([{ id: 'a', command: 'false' }], settings, {
      environment: { PATH: process.env.PATH, HOME: rig.folder, MAIL_PASSWORD: 'letmein!' },
    });
    expect(mailbox.mails).toMatchObject([
      { user: 'robot@example.com', from: 'robot@example.com', secure: true },
    ]);
  });

  test('without TLS where the server has none', async () => {
    mailbox = await openMailbox({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
    await rig.run([{ id: 'a', command: 'false' }], mailSettings());
    expect(mailbox.mails).toMatchObject([{ secure: false }]);
  });

  test('that is refused is a warning and changes nothing', async () => {
    mailbox = await openMailbox({ authOptional: false });
    const settings = mailSettings({ smtp_user: 'robot', smtp_password: 'wrong password' });
    const { exitCode, outcome } = await rig.run([{ id: 'a', command: 'false' }], settings);
    expect({ exitCode, outcome }).toEqual({ exitCode: 1, outcome: 'failed' });
    expect(runLog()).toMatch(/WARNING - Failed to send notification email: .*Invalid login/);
    expect(runLog()).not.toContain('wrong password');
  });

  test('to nobody: an address without @ is said, notify: false sends nothing', async () => {
    mailbox = await openMailbox();
    await rig.run([{ id: 'a', command: 'false' }], mailSettings({ email_address: 'ops' }));
    expect(runLog()).toContain("WARNING - Email notifications enabled but email_address is invalid: 'ops'.");
    await rig.run([{ id: 'a', command: 'false' }], mailSettings(), { notify: false });
    expect(mailbox.mails).toEqual([]);
  });

  test('a server that never answers delays the end by the limit', async () => {
    mailbox = await openMailbox();
    const mute = createTcpServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const configuration = rig.configuration([{ id: 'a', command: 'true' }], {
      email_address: 'ops@example.com',
      smtp_server: '127.0.0.1',
      smtp_port: (mute.address() as AddressInfo).port,
    });
    const lines: string[] = [];
    const told = notifier({
      configuration,
      head: { application: 'app', run: 1, attempt: 1, file: '/w.json', log: '/log' },
      environment: {},
      masker: (text) => text,
      logs: () => [],
      report: (level, message) => lines.push(`${level} ${message}`),
      endLimitMs: 100,
    });
    await told.finished(failedSummary);
    expect(lines).toEqual(['WARNING Failed to send notification email: not done within 0.1 s']);
    await new Promise((resolve) => mute.close(resolve));
  });
});

describe('webhooks', () => {
  let server: Server;
  let received: { readonly headers: Record<string, unknown>; readonly payload: NotificationPayload }[];
  let statuses: number[];
  beforeEach(async () => {
    received = [];
    statuses = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({
          headers: request.headers,
          payload: JSON.parse(Buffer.concat(chunks).toString('utf8')),
        });
        response.writeHead(statuses.shift() ?? 204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));
  const webhook = (own: object) => ({
    type: 'webhook',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/\${HOOK_KEY}`,
    ...own,
  });
  const environment = () => ({ PATH: process.env.PATH, HOME: rig.folder, HOOK_KEY: 'k3y-in-the-path' });

  test('are told of the start, each failed job and the end, in order, with JSON', async () => {
    const { summary } = await rig.run(
      [
        { id: 'a', command: 'echo "the key is $HOOK_KEY"; exit 4', description: 'First' },
        { id: 'b', command: 'true', dependencies: ['a'] },
      ],
      {
        notifications: [
          webhook({
            on: ['started', 'job_failure', 'failure'],
            headers: { Authorization: 'Bearer ${HOOK_KEY}' },
          }),
          webhook({ on: ['success'] }),
        ],
      },
      { environment: environment() },
    );
    expect(received.map(({ payload }) => payload.event)).toEqual(['started', 'job_failure', 'failure']);
    expect(received[0]!.headers).toMatchObject({
      authorization: 'Bearer k3y-in-the-path',
      'content-type': 'application/json',
    });
    const failed = {
      job: 'a',
      description: 'First',
      status: 'failed',
      reason: expect.stringMatching(/^failed with exit code 4/),
      tries: 1,
      duration_ms: expect.any(Number),
      last_lines: ['the key is ****'],
      log: summary.failed[0]!.log,
    };
    expect(received[1]!.payload.failed).toEqual([failed]);
    expect(received[2]!.payload).toEqual({
      v: 1,
      event: 'failure',
      application: 'app',
      run: 1,
      attempt: 1,
      file: `${rig.folder}/workflow.json`,
      log: summary.log,
      text: 'app: run #1 failed; failed: a',
      outcome: 'failed',
      exit_code: 1,
      started_at: new Date(summary.startedAtMs).toISOString(),
      ended_at: new Date(summary.endedAtMs).toISOString(),
      duration_ms: summary.durationMs,
      total: 2,
      counts: { failed: 1, skipped: 1 },
      failed: [failed],
      resume_command: `executioner run ${rig.folder}/workflow.json --resume-from 1`,
    });
    expect(occursIn(rig.folder, 'k3y-in-the-path')).toBe(false);
  });

  const tell = async () => {
    const lines: string[] = [];
    const told = notifier({
      configuration: rig.configuration([{ id: 'a', command: 'true' }], { notifications: [webhook({})] }),
      head: { application: 'app', run: 1, attempt: 1, file: '/w.json', log: '/log' },
      environment: {},
      masker: (text) => text,
      logs: () => [],
      report: (level, message) => lines.push(`${level} ${message}`),
      timing: { timeoutMs: 5000, waitsMs: [1, 1] },
    });
    await told.finished(failedSummary);
    return lines.map((line) => line.replace(/:\d+/, ':PORT'));
  };

  test('a server error is tried again, another refusal is not', async () => {
    statuses = [503, 500];
    expect(await tell()).toEqual(['INFO Notification to webhook http://127.0.0.1:PORT sent for run 1.']);
    statuses = [500, 500, 500];
    expect(await tell()).toEqual([
      'WARNING Failed to send notification to webhook http://127.0.0.1:PORT: status 500 (3 tries)',
    ]);
    statuses = [404];
    expect(await tell()).toEqual([
      'WARNING Failed to send notification to webhook http://127.0.0.1:PORT: status 404',
    ]);
    expect(received.length).toBe(7);
  });
});

const failedSummary: RunSummary = {
  application: 'app',
  run: 1,
  attempt: 1,
  outcome: 'failed',
  exitCode: 1,
  startedAtMs: 0,
  endedAtMs: 1000,
  durationMs: 1000,
  total: 1,
  counts: {},
  failed: [],
  cancelled: [],
  skipped: [],
  log: '/log',
};
