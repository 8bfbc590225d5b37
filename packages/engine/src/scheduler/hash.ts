// A small hash without any platform's crypto, so that plans and jitter are the same in Node and in a browser.
// It tells contents apart; it protects nothing.

const { imul } = Math;
const PRIME_A = 0x85ebca6b;
const PRIME_B = 0xc2b2ae35;

/** Room to see the two halves of a number's bits; holds nothing between calls. */
const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** Takes in contents piece by piece. The pieces and their order both count. */
export interface Hasher {
  text(text: string): Hasher;
  numbers(numbers: Iterable<number>): Hasher;
  /** 16 hexadecimal digits over all that was taken in so far. */
  digest(): string;
}

/** The content hash of a text: 16 hexadecimal digits. Linear in its length. */
export function hashText(text: string): string {
  return hasher().text(text).digest();
}

/** A hasher that has taken in nothing. Linear in what it is given. */
export function hasher(): Hasher {
  let a = 0x9747b28c;
  let b = 0x3c6ef372;
  const add = (value: number): void => {
    a = imul(a ^ value, PRIME_A);
    a ^= a >>> 15;
    b = imul(b ^ value, PRIME_B);
    b = (b << 13) | (b >>> 19);
  };
  const self: Hasher = {
    text(text) {
      for (let i = 0; i < text.length; i++) add(text.charCodeAt(i));
      add(text.length);
      return self;
    },
    numbers(numbers) {
      let count = 0;
      for (const number of numbers) {
        double[0] = number;
        add(halves[0]!);
        add(halves[1]!);
        count++;
      }
      add(count);
      return self;
    },
    digest: () => hexadecimal(mix(a)) + hexadecimal(mix(b ^ mix(a))),
  };
  return self;
}

/** A number in [0, 1) that depends on all of the given integers and on nothing else. */
export function unitHash(...integers: readonly number[]): number {
  let hash = 0x2545f491;
  for (const integer of integers) hash = mix(imul(hash ^ (integer | 0), PRIME_A) + PRIME_B);
  return (hash >>> 0) / 2 ** 32;
}

/** The finalizer of MurmurHash3 (Appleby 2011): every input bit moves every output bit. */
function mix(value: number): number {
  let hash = value | 0;
  hash = imul(hash ^ (hash >>> 16), PRIME_A);
  hash = imul(hash ^ (hash >>> 13), PRIME_B);
  return hash ^ (hash >>> 16);
}

function hexadecimal(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
