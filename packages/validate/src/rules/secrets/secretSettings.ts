import { type DocumentPath, isSecretName } from '@executioner/core';
import type { Subject } from '../subject.ts';
import { fromEnvironment, type PlainSecret } from './foundSecret.ts';
import { isLiteral } from './secretValue.ts';

/** Secrets in settings of the files: the mail password, headers of webhooks, keys that are switched off with `_`. */
export function secretSettings({ documents }: Subject): PlainSecret[] {
  return [...documents].flatMap(([file, { value }]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    const settings = Object.entries(value).filter(
      ([key, text]) =>
        /^_?smtp_password$|^_.*(?:password|passwd|secret|token)/.test(key) &&
        typeof text === 'string' &&
        isLiteral(text),
    );
    const paths: DocumentPath[] = settings.map(([key]) => [key]);
    return [...paths, ...secretHeaders(value as Record<string, unknown>)].map((path) => ({
      what: `"${path.at(-1)}" holds a secret in plain text`,
      place: { origin: { file, path }, part: 'key' as const },
      hidden: { origin: { file, path } },
      hint: String(path.at(-1)).startsWith('_')
        ? 'the key is switched off, and its value can still be read: remove it, and change the password'
        : fromEnvironment,
    }));
  });
}

function secretHeaders({ notifications }: Record<string, unknown>): DocumentPath[] {
  if (!Array.isArray(notifications)) return [];
  return notifications.flatMap((entry: unknown, index) => {
    const headers = (entry as { headers?: unknown } | null)?.headers;
    if (typeof headers !== 'object' || headers === null) return [];
    return Object.entries(headers)
      .filter(
        ([name, text]) =>
          (name.toLowerCase() === 'authorization' || isSecretName(name)) &&
          typeof text === 'string' &&
          isLiteral(text),
      )
      .map(([name]) => ['notifications', index, 'headers', name]);
  });
}
