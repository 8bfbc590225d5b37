import { kind, kinds } from './bytes.ts';

/**
 * Packs up to eight letters and digits of a word into a number, lower case, so that a word is looked up without making a
 * string of it. -1 if it is longer or holds anything else.
 */
export function packed(line: Uint8Array, start: number, end: number): number {
  if (end - start > 8) return -1;
  let key = 0;
  for (let i = start; i < end; i++) {
    const byte = line[i]!;
    if ((kinds[byte]! & (kind.letter | kind.digit)) === 0 || byte >= 0x80) return -1;
    key = key * 64 + (byte <= 57 ? byte - 47 : (byte | 32) - 85);
  }
  return key;
}

function packedWord(word: string): number {
  return packed(new TextEncoder().encode(word), 0, word.length);
}

function vocabulary(words: string): ReadonlySet<number> {
  return new Set(words.split(' ').map(packedWord));
}

/** Names with digits in them that are names all the same. */
export const namesWithDigits: ReadonlySet<number> = vocabulary(
  'ipv4 ipv6 utf8 utf16 utf32 md5 sha1 sha2 sha256 sha384 sha512 x86 x64 i386 i486 i586 i686 amd64 arm64 aarch64 win32 ' +
    'win64 base64 socks4 socks5 socks4a ssh1 ssh2 http2 http3 h2 h2c log4j log4j2 s3 ec2 oauth2 ext2 ext3 ext4 python2 python3 ' +
    'k8s i18n l10n tls1 ssl2 ssl3 mp3 mp4 p2p bzip2 lz4 crc32 usb2 usb3 l1 l2 l3',
);

/** The last part of host names that are told by it alone. */
export const hostEndings: ReadonlySet<number> = vocabulary(
  'com net org edu gov mil int info biz local internal lan arpa localnet intranet',
);

/** Endings of files, which may stand in front of a colon and a line number as that of a host in front of its port. */
export const fileEndings: ReadonlySet<number> = vocabulary(
  'c cc cpp cxx h hh hpp hxx m mm java kt kts scala groovy clj py pyx js jsx mjs cjs ts tsx vue go rs rb php pl pm sh bash lua ' +
    'r f f90 s asm cs fs vb swift dart ex exs erl hs ml sql xml html htm css json yaml yml toml ini cfg conf properties txt md ' +
    'csv tsv log out err lock so dll exe jar class tmp bak',
);

/** In front of a country's part of a host name: `example.co.uk`. */
export const hostEndingsBeforeCountry: ReadonlySet<number> = vocabulary('com co net org edu gov ac or ne');

/** The first part of names of packages, classes and services, which look like hosts turned round: `org.apache.Foo`. */
export const packageBeginnings: ReadonlySet<number> = vocabulary('com org net java javax edu io gov sun');

/** Units written directly behind a number: `64KB`, `10ms`. */
export const units: ReadonlySet<number> = vocabulary(
  'b kb mb gb tb pb kib mib gib tib ms us ns s sec secs mhz ghz khz hz ppm k m g',
);

/** Units of size: behind a number and a blank too they belong to the value, since programs choose them by it. */
export const sizeUnits: ReadonlySet<number> = vocabulary('b kb mb gb tb pb kib mib gib tib pib');

const months = 'January February March April May June July August September October November December';
const days = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday';
const dateWords = new Set(
  `${months} ${days} Sept Tues Thurs`.split(' ').flatMap((name) => [name, name.slice(0, 3)]),
);

/** Is this word the name of a month or of a day of the week, long or short, with a capital? */
export function isDateWord(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < 3 || length > 9 || !dateInitials.has(bytes[start]!)) return false;
  return dateWords.has(String.fromCharCode(...bytes.subarray(start, end)));
}

const dateInitials = new Set([...dateWords].map((word) => word.charCodeAt(0)));
