import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type Mailbox, openMailbox } from '../../engine/test/notify/mailbox.ts';

// Secrets of any shape, printed by jobs in any form and in any pieces: none of them in anything that is written, sent or shown.

jest.setTimeout(300_000);

const bin = fileURLToPath(new URL('../bin/executioner.js', import.meta.url));

let mailbox: Mailbox;
let server: Server;
const bodies: string[] = [];
beforeAll(async () => {
  mailbox = await openMailbox();
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      bodies.push(body);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  await mailbox.close();
  server.close();
});

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** How a job may print a value. */
const forms: Readonly<Record<string, (value: string) => string>> = {
  raw: (value) => value,
  'in a sentence': (value) => `user=app password=${value}; next`,
  'as JSON': (value) => JSON.stringify({ password: value }),
  'for a shell': (value) => `'${value.replaceAll("'", "'\\''")}'`,
  'with backslashes': (value) => value.replace(/[^\w@%+=:,./\n-]/g, '\\$&'),
  'in an address': (value) => `https://app:${encodeURIComponent(value)}@db/`,
  'in a form': (value) => new URLSearchParams({ password: value }).toString(),
  base64: (value) => Buffer.from(value).toString('base64'),
  'base64 with a user': (value) => Buffer.from(`u:${value}`).toString('base64'),
  'base64 with a longer user': (value) => Buffer.from(`ab:${value}@x`).toString('base64url'),
};

/** The parts of a secret's forms that tell it: what must not be found anywhere. */
function traces(value: string): string[] {
  const lines = value.split('\n').filter((line) => line.trim().length >= 6);
  const parts = [...new Set([value, ...lines])];
  const base64 = parts.flatMap((part) =>
    [0, 1, 2].map((before) => {
      const text = Buffer.concat([Buffer.alloc(before), Buffer.from(part)]).toString('base64');
      return text.slice(before === 0 ? 0 : 4, -4);
    }),
  );
  return [
    ...parts,
    ...parts.map((part) => JSON.stringify(part).slice(1, -1)),
    ...parts.map((part) => part.replaceAll("'", "'\\''")),
    ...parts.map(encodeURIComponent),
    ...parts.map((part) => new URLSearchParams({ '': part }).toString().slice(1)),
    ...base64,
  ].filter((trace) => trace.length >= 6);
}

const character = fc.constantFrom(...'abcXYZ0189+/=-_.~%&"\'\\$`!#;:|<>(){}[]^ é€😀\n');
const secret = fc
  .array(character, { minLength: 10, maxLength: 40 })
  .map((characters) => characters.join('').trim())
  .filter((value) => value.length >= 10 && value.split('\n').every((line) => line.trim().length >= 6));

interface Printing {
  readonly form: string;
  /** Where the text is cut into pieces, each written by itself. */
  readonly cuts: readonly number[];
}
const printing: fc.Arbitrary<Printing> = fc.record({
  form: fc.constantFrom(...Object.keys(forms)),
  cuts: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
});

/** What chance does not find often: a path that is made absolute loses part of such a value. */
const examples: [string[], Printing[]][] = [
  [
    ['open/../sesame//now/.', 'two lines: "first"\nand $second', 'bare sesame'],
    Object.keys(forms)
      .slice(0, 8)
      .map((form) => ({ form, cuts: [7, 20] })),
  ],
];

test('none is in any log, journal, record, configuration, plan, database, message or on the terminal', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(secret, { minLength: 3, maxLength: 3 }),
      fc.array(printing, { minLength: 8, maxLength: 8 }),
      async (secrets, printings) => {
        rmSync(folder, { recursive: true, force: true });
        folder = mkdtempSync(join(tmpdir(), 'executioner-secrets-'));
        await assertHidden(secrets, printings);
      },
    ),
    { numRuns: 3, endOnFailure: true, examples },
  );
});

async function assertHidden(secrets: readonly string[], printings: readonly Printing[]): Promise<void> {
  const [password = '', token = '', inherited = ''] = secrets;
  bodies.length = 0;
  const mailsBefore = mailbox.mails.length;
  printings.forEach(({ form, cuts }, index) => {
    const text = forms[form]!(secrets[index % secrets.length]!);
    const places = [...new Set(cuts.map((cut) => cut % text.length))].sort((a, b) => a - b);
    const pieces = [...places, text.length].map((end, place) => text.slice(places[place - 1] ?? 0, end));
    writeFileSync(join(folder, `print${index}.mjs`), printer(pieces));
  });
  const hook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const node = process.execPath;
  const workflow = {
    version: 2,
    application_name: 'app',
    working_dir: folder,
    parallel: true,
    max_workers: 2,
    on_failure: 'continue',
    secrets: ['INHERITED'],
    env_variables: { DB_PASSWORD: password },
    email_address: 'ops@example.com',
    smtp_server: '127.0.0.1',
    smtp_port: mailbox.port,
    notifications: [
      { type: 'webhook', url: hook, on: ['failure', 'job_failure'], headers: { 'X-Key': 'hook-8Fq2-key' } },
    ],
    jobs: [
      ...printings.map((_, index) => ({
        id: `print${index}`,
        command: `${node} print${index}.mjs; exit ${index % 2}`,
      })),
      { id: 'named', command: `: ${quoted(token)}; exit 3`, env_variables: { API_TOKEN: token } },
      {
        id: 'checked',
        command: 'printf "%s\\n" "$API_TOKEN"',
        env_variables: { API_TOKEN: token },
        pre_checks: [{ name: 'env_set', params: { name: 'API_TOKEN' } }],
        post_checks: [{ name: 'file_exists', params: { path: 'no/${API_TOKEN}' } }],
      },
      { id: 'nowhere', command: 'true', working_dir: '/no/such/${DB_PASSWORD}' },
      {
        id: 'matched',
        command: 'printf "%s\\n" "$DB_PASSWORD"',
        post_checks: [{ name: 'output_not_contains', params: { text: '${DB_PASSWORD}' } }],
      },
    ],
  };
  const file = join(folder, 'flow.json');
  writeFileSync(file, JSON.stringify(workflow));

  const shown = [
    await run(inherited, 'run', file),
    await run(inherited, 'run', file, '--json'),
    await run(inherited, 'run', file, '--resume-from', '1', '--resume-failed-only'),
    await run(inherited, 'run', file, '--dry-run', '--visible'),
    await run(inherited, 'plan', file, '-o', join(folder, 'plan.json')),
    await run(inherited, 'history', 'show', '1'),
    await run(inherited, 'history', 'search', 'print'),
    await run(inherited, 'report', '1', '-o', join(folder, 'report.html')),
  ];
  const mails = mailbox.mails.slice(mailsBefore).map(({ raw }) => plainMail(raw));
  expect([mails.length > 0, bodies.length > 0]).toEqual([true, true]);

  const places: [string, string][] = [
    ...shown.map((text, index): [string, string] => [`what command ${index} showed`, text]),
    ...mails.map((text): [string, string] => ['an e-mail', text]),
    ...bodies.map((text): [string, string] => ['a webhook', text]),
    ...filesBelow(folder).map((path): [string, string] => [path, readFileSync(path, 'latin1')]),
  ];
  const found = places.flatMap(([place, text]) =>
    secrets.flatMap(traces).flatMap((trace) => {
      const bytes = place.startsWith('/') ? Buffer.from(trace).toString('latin1') : trace;
      return text.includes(bytes) ? [{ place, trace, around: around(text, bytes) }] : [];
    }),
  );
  expect(found).toEqual([]);
}

function around(text: string, part: string): string {
  const at = text.indexOf(part);
  return text.slice(Math.max(0, at - 100), at + part.length + 50);
}

/** Writes each piece by itself, with time between them to be read. */
function printer(pieces: readonly string[]): string {
  return `import { writeSync } from 'node:fs';
for (const piece of ${JSON.stringify(pieces)}) {
  writeSync(1, piece);
  await new Promise((resolve) => setTimeout(resolve, 70));
}
writeSync(1, '\\n');
`;
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

async function run(inherited: string, ...args: string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    EXECUTIONER_HOME: join(folder, 'state'),
    INHERITED: inherited,
  };
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder, env });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  await once(child, 'close');
  return text;
}

/** What we write: everything but the workflow and the programs of the jobs. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/flow\.json$|print\d+\.mjs$/.test(path));
}

/** A mail with its parts decoded, so that an encoding of the transport hides nothing. */
function plainMail(raw: string): string {
  const quotedPrintable = raw
    .replaceAll('=\r\n', '')
    .replace(/(?:=[0-9A-F]{2})+/g, (codes) => Buffer.from(codes.replaceAll('=', ''), 'hex').toString());
  const parts = raw.match(/(?:^[A-Za-z0-9+/=]{60,76}\r\n)+[A-Za-z0-9+/=]*/gm) ?? [];
  return [quotedPrintable, ...parts.map((part) => Buffer.from(part, 'base64').toString())].join('\n');
}
