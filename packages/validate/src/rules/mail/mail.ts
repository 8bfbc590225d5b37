import type { FindingPlace } from '../findingPlace.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';

export const invalidAddress: Rule = {
  code: 'E601',
  title: 'Unusable e-mail address',
  severity: 'error',
  explanation:
    'What stands where an e-mail address is expected is none, so that nobody is told how the run ended. Several addresses are separated by commas, or stand in a list.',
  remedy: 'Write addresses as name@domain, several of them with commas between.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nemail_address: ops@corp.io; dba@corp.io\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
    mended:
      'version: 2\nemail_address: ops@corp.io, dba@corp.io\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
  },
  check(subject, report) {
    for (const { address, place } of subject.once(addresses)) {
      const why = problemOf(address);
      if (why === undefined) continue;
      report({
        message: `"${address}" is no e-mail address: ${why}`,
        place,
        hint: /[;\s]/.test(address.trim())
          ? 'separate addresses with commas'
          : 'write name@domain, several of them with commas between',
      });
    }
  },
};

export const reservedDomain: Rule = {
  code: 'I605',
  title: 'Domain that gets no mail',
  severity: 'info',
  explanation:
    'The domain of the address is reserved for examples and tests (RFC 2606): mail to it reaches nobody.',
  remedy: 'Write the address of somebody who should know.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nemail_address: ops@example.com\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
    mended:
      'version: 2\nemail_address: ops@corp.io\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
  },
  check(subject, report) {
    for (const { address, place } of subject.once(addresses)) {
      const domain = /@([^@>\s]+)>?$/.exec(address)?.[1];
      if (problemOf(address) !== undefined || domain === undefined || !isReserved(domain)) continue;
      report({ message: `nobody gets mail to "${address}": "${domain}" is reserved for examples`, place });
    }
  },
};

export const unusableServer: Rule = {
  code: 'W602',
  title: 'Mail server that cannot work',
  severity: 'warning',
  explanation:
    'The name of the mail server is none that could be looked up: it holds a protocol, a port or characters that names cannot have, or its domain is reserved for tests. A user without a password, or a password without a user, is not used to log in.',
  remedy:
    'Write the name of the server alone in "smtp_server", its port in "smtp_port", and both or none of "smtp_user" and "smtp_password".',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nemail_address: ops@corp.io\nsmtp_server: smtp://mail.corp.io:587\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
    mended:
      'version: 2\nemail_address: ops@corp.io\nsmtp_server: mail.corp.io\nsmtp_port: 587\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
  },
  check(subject, report) {
    const { server, user, password } = subject.configuration.email;
    const why = server === undefined ? undefined : serverProblem(server);
    if (why !== undefined)
      report({
        message: `the mail server "${server}" cannot be reached: ${why}`,
        place: subject.setting('smtp_server'),
        hint: 'write the name of the server alone, and its port in "smtp_port"',
      });
    const has = (text: string | undefined) => text !== undefined && text !== '';
    if (has(user) && !has(password)) {
      report({
        message: '"smtp_user" without "smtp_password" is not used to log in',
        place: subject.setting('smtp_user'),
      });
    }
    if (has(password) && !has(user)) {
      report({
        message: '"smtp_password" without "smtp_user" is not used to log in',
        place: { ...subject.setting('smtp_password'), part: 'key' },
      });
    }
  },
};

export const mailWithoutEffect: Rule = {
  code: 'W603',
  title: 'Mail that nobody gets',
  severity: 'warning',
  explanation:
    'The configuration asks for mail or describes the mail server, and names nobody to send it to.',
  remedy: 'Add "email_address", or remove the settings.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nemail_on_success: true\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
    mended:
      'version: 2\nemail_on_success: true\nemail_address: ops@corp.io\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
  },
  check(subject, report) {
    const { email, notifications } = subject.configuration;
    const sendsElsewhere = notifications.some(({ type }) => type === 'email');
    if (email.addresses.length === 0) {
      const asked = ['email_on_success', 'email_on_failure'].find((key) => subject.written(key) === true);
      if (asked !== undefined) {
        report({
          message: `"${asked}" is on, and there is no "email_address" to send to`,
          place: subject.setting(asked),
          hint: 'add "email_address", or remove the setting',
        });
      } else if (email.server !== undefined && !sendsElsewhere) {
        report({
          message: 'there is a mail server, and no "email_address" to send to',
          place: subject.setting('smtp_server'),
          hint: 'add "email_address", or remove the setting',
        });
      }
    }
    notifications.forEach(({ type, to }, index) => {
      if (type !== 'email' || to !== undefined || email.addresses.length > 0) return;
      report({
        message: 'the notification by e-mail names nobody to send it to',
        place: subject.setting('notifications', index),
        hint: 'add "to" to it, or "email_address" at the top',
      });
    });
  },
};

export const unusableWebhook: Rule = {
  code: 'W604',
  title: 'Webhook that cannot be called',
  severity: 'warning',
  explanation:
    'The address of a webhook is missing, or is no http or https URL, so that the notification is never sent.',
  remedy: 'Write the whole address, beginning with https://.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nnotifications:\n  - type: webhook\n    url: chat.corp.io/hook/1\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
    mended:
      'version: 2\nnotifications:\n  - type: webhook\n    url: https://chat.corp.io/hook/1\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
  },
  check(subject, report) {
    subject.configuration.notifications.forEach(({ type, url }, index) => {
      if (type !== 'webhook') return;
      if (typeof url !== 'string' || url === '') {
        report({
          message: 'the webhook has no "url"',
          place: subject.setting('notifications', index),
          hint: 'add its address: "url": "https://…"',
        });
        return;
      }
      if (url.includes('${') || /^https?:\/\/[^/\s]+/i.test(url)) return;
      const isHost = /^[\w-]+(?:\.[\w-]+)+(?:[:/]|$)/.test(url);
      report({
        message: `the address of the webhook is no http or https URL`,
        place: subject.setting('notifications', index, 'url'),
        ...(isHost && { hint: `did you mean "https://${url.replace(/^(.{40}).*/s, '$1…')}"?` }),
      });
    });
  },
};

interface Address {
  readonly address: string;
  readonly place: FindingPlace;
}

/** Every address of the configuration at its place, those in one text with commas too. */
function addresses(subject: Subject): readonly Address[] {
  const found: Address[] = [];
  const look = (written: unknown, path: readonly (string | number)[]): void => {
    if (Array.isArray(written)) {
      written.forEach((entry, index) => void look(entry, [...path, index]));
      return;
    }
    if (typeof written !== 'string') return;
    for (const match of written.matchAll(/[^,]+/g)) {
      const address = match[0].trim();
      if (address === '' || address.includes('${')) continue;
      const start = match.index + match[0].indexOf(address);
      found.push({
        address,
        place: { ...subject.setting(...path), within: { start, end: start + address.length } },
      });
    }
  };
  look(subject.written('email_address'), ['email_address']);
  subject.configuration.notifications.forEach(
    ({ to }, index) => void look(to, ['notifications', index, 'to']),
  );
  return found;
}

/** Why a text is no address that a mail server takes (RFC 5321, without quoted names); undefined: it is one. */
function problemOf(text: string): string | undefined {
  const address = /^[^<>]*<([^<>]*)>$/.exec(text)?.[1] ?? text;
  const at = address.lastIndexOf('@');
  if (at === -1) return 'there is no @';
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (/[\s;]/.test(address)) return 'it holds a space or semicolon';
  if (local === '') return 'nothing stands before the @';
  if (domain === '') return 'nothing stands behind the @';
  if (local.includes('@')) return 'it holds more than one @';
  if (local.length > 64 || domain.length > 255) return 'it is too long';
  if (!/^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u.test(local) || /^\.|\.\.|\.$/.test(local))
    return 'the name before the @ cannot be one';
  return isHostName(domain) || /^\[[0-9A-Fa-f:.IPv]+\]$/.test(domain)
    ? undefined
    : 'the domain behind the @ cannot be one';
}

function isHostName(text: string): boolean {
  return /^(?!-)[\p{L}\p{N}-]{1,63}(?<!-)(?:\.(?!-)[\p{L}\p{N}-]{1,63}(?<!-))*\.?$/u.test(text);
}

function isReserved(domain: string): boolean {
  return /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid)\.?$/i.test(domain);
}

function serverProblem(server: string): string | undefined {
  if (server.includes('${') || server === '') return undefined;
  if (/^\w+:\/\//.test(server)) return 'it begins with a protocol';
  if (/^[^:\s]+:\d+$/.test(server)) return 'it ends with a port';
  if (/\.invalid\.?$/i.test(server)) return 'names that end in .invalid do not exist';
  if (isHostName(server) || /^\[?[0-9A-Fa-f:]+\]?$/.test(server)) return undefined;
  return 'it is no name of a machine';
}
