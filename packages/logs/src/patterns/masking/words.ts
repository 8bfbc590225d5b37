import { levelNames } from './levels.ts';

// What a word means, as the masker knows it; `assembly/words.ts` has the same bits.
const nameWithDigits = 1;
const hostEnding = 2;
const hostEndingBeforeCountry = 4;
const fileEnding = 8;
const packageBeginning = 16;
const unit = 32;
const sizeUnit = 64;
const dateWord = 128;
const dateWordBeforeR = 256;
const dateWordBeforeY = 512;
const levelBase = 65536;

const months = 'January February March April May June July August September October November December';
const days = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday';
const dateWords = `${months} ${days} Sept Tues Thurs`.split(' ');

const meanings: readonly (readonly [number, readonly string[]])[] = [
  // Names with digits in them that are names all the same.
  [
    nameWithDigits,
    words(
      'ipv4 ipv6 utf8 utf16 utf32 md5 sha1 sha2 sha256 sha384 sha512 x86 x64 i386 i486 i586 i686 amd64 arm64 aarch64 win32 ' +
        'win64 base64 socks4 socks5 socks4a ssh1 ssh2 http2 http3 h2 h2c log4j log4j2 s3 ec2 oauth2 ext2 ext3 ext4 python2 ' +
        'python3 k8s i18n l10n tls1 ssl2 ssl3 mp3 mp4 p2p bzip2 lz4 crc32 usb2 usb3 l1 l2 l3',
    ),
  ],
  // The last part of host names that are told by it alone.
  [hostEnding, words('com net org edu gov mil int info biz local internal lan arpa localnet intranet')],
  // In front of a country's part of a host name: `example.co.uk`.
  [hostEndingBeforeCountry, words('com co net org edu gov ac or ne')],
  // Endings of files, which may stand in front of a colon and a line number as that of a host in front of its port.
  [
    fileEnding,
    words(
      'c cc cpp cxx h hh hpp hxx m mm java kt kts scala groovy clj py pyx js jsx mjs cjs ts tsx vue go rs rb php pl pm sh bash ' +
        'lua r f f90 s asm cs fs vb swift dart ex exs erl hs ml sql xml html htm css json yaml yml toml ini cfg conf ' +
        'properties txt md csv tsv log out err lock so dll exe jar class tmp bak',
    ),
  ],
  // The first part of names of packages, classes and services, which look like hosts turned round: `org.apache.Foo`.
  [packageBeginning, words('com org net java javax edu io gov sun')],
  // Units written directly behind a number: `64KB`, `10ms`.
  [unit, words('b kb mb gb tb pb kib mib gib tib ms us ns s sec secs mhz ghz khz hz ppm k m g')],
  // Units of size: behind a number and a blank too they belong to the value, since programs choose them by it.
  [sizeUnit, words('b kb mb gb tb pb kib mib gib tib pib')],
  [dateWord, dateWords.flatMap((name) => [name, name.slice(0, 3)]).filter(({ length }) => length <= 8)],
  [dateWordBeforeR, ['Septembe']],
  [dateWordBeforeY, ['Wednesda']],
  ...levelNames.map(([name, level]) => [levelBase * level, [name]] as const),
];

function words(text: string): readonly string[] {
  return text.split(' ');
}

const slots = 1024;

/** The words in a table with open addressing: of each its letters, six bits each, in eight bytes, and what it means. */
export function wordTable(): Uint32Array {
  const table = new Uint32Array(slots * 4);
  for (const [meaning, names] of meanings) {
    for (const name of names) {
      const [low, high] = packed(name);
      let slot = (Math.imul(low ^ shifted(low, high), 0x9e3779b1) >>> 22) * 4;
      while (table[slot] !== 0 && (table[slot] !== low || table[slot + 1] !== high))
        slot = (slot + 4) % table.length;
      table[slot] = low;
      table[slot + 1] = high;
      table[slot + 2]! |= meaning;
    }
  }
  return table;
}

/** The lower and the upper half. */
function packed(name: string): readonly [number, number] {
  let key = 0;
  for (const character of name.toLowerCase()) {
    const code = character.charCodeAt(0);
    key = key * 64 + (code <= 57 ? code - 47 : code - 85);
  }
  return [key % 2 ** 32, Math.floor(key / 2 ** 32)];
}

/** The lower half of the key without its last 21 bits. */
function shifted(low: number, high: number): number {
  return (low >>> 21) | (high << 11);
}
