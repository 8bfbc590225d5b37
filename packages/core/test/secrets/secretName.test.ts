import { describe, expect, test } from '@jest/globals';
import { isSecretName } from '../../src/secrets/index.ts';

describe('isSecretName', () => {
  test.each([
    'DB_PASSWORD',
    'smtp_password',
    'PASSWD',
    'api-key',
    'GH_TOKEN',
    'Secret',
    'MY_CREDENTIAL_FILE',
    'KEY',
  ])('%s is secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each(['MONKEY', 'PGPASSWORD', 'KEYBOARD', 'tokens', 'PATH', '', 'secretary'])('%s is not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  test('unless it is declared to be', () => {
    expect(isSecretName('PGPASSWORD', ['PGPASSWORD'])).toBe(true);
    expect(isSecretName('PGPASS', ['PGPASSWORD'])).toBe(false);
  });
});
