import { describe, expect, test } from '@jest/globals';
import { maskWrittenSecrets, writtenSecrets } from '../../src/secrets/index.ts';

describe('maskWrittenSecrets', () => {
  test.each([
    ['DB_PASSWORD=hunter2 ./load', 'DB_PASSWORD=**** ./load'],
    ["export API_KEY='a b'; run", 'export API_KEY=****; run'],
    [
      '{"name":"check","params":{"token":"abc","path":"/a"}}',
      '{"name":"check","params":{"token":****,"path":"/a"}}',
    ],
    ['load --password hunter2 -v', 'load --password **** -v'],
    ['load --db-password="a b"', 'load --db-password=****'],
    ['curl -u me:hunter2 https://h/x', 'curl -u me:**** https://h/x'],
    [
      'psql postgres://me:hunter2@db/x and mysql://you:other@db',
      'psql postgres://me:****@db/x and mysql://you:****@db',
    ],
    ["curl -H 'Authorization: Bearer abcdef123456'", "curl -H 'Authorization: Bearer ****'"],
    ['push AKIAABCDEFGHIJKLMNOP now', 'push **** now'],
    ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nrest', '****\nrest'],
    ['CONN=scott/tiger@db', 'CONN=****'],
  ])('%j', (text, masked) => {
    expect(maskWrittenSecrets(text, ['CONN'])).toBe(masked);
  });

  test.each([
    'DB_PASSWORD=$OTHER ./load',
    'DB_PASSWORD="${OTHER}" ./load',
    'DB_PASSWORD=$(cat /run/secret) ./load',
    'load --password "$DB_PASSWORD" --token ${TOKEN}',
    'curl -u "$USER:$PASS" https://host/path',
    'curl https://host:8080/path@x',
    'sort --key 2 file; MONKEY=1; MODE=fast',
    '',
  ])('leaves %j', (text) => {
    expect(maskWrittenSecrets(text)).toBe(text);
  });
});

test('writtenSecrets tells what stands where', () => {
  expect(writtenSecrets('see https://a:pw@h and glpat-12345678901234567890')).toEqual([
    { kind: 'a GitLab token', start: 23, end: 49 },
    { kind: 'a password in a URL', start: 14, end: 16 },
  ]);
  expect(writtenSecrets('see https://h and $TOKEN')).toEqual([]);
});
