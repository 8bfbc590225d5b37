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
    'PGPASSWORD',
    'MYSQL_PWD',
  ])('%s is secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each(['MONKEY', 'PWD', 'OLDPWD', 'KEYBOARD', 'tokens', 'PATH', '', 'secretary'])(
    '%s is not',
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );

  test('unless it is declared to be', () => {
    expect(isSecretName('PGPASS', ['PGPASS'])).toBe(true);
    expect(isSecretName('PGPASSFILE', ['PGPASS'])).toBe(false);
  });
});
