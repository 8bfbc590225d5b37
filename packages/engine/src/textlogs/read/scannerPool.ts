import { Scanner } from './scanner.ts';
import { compiledSentences } from './sentences.ts';

const free: Scanner[] = [];

/**
 * Lends a scanner that nobody else uses meanwhile. There are as many as are needed at once: two, since what is done with a fact may
 * lead to another log.
 */
export function withScanner<Result>(use: (scanner: Scanner) => Result): Result {
  const scanner = free.pop() ?? new Scanner(compiledSentences());
  try {
    return use(scanner);
  } finally {
    free.push(scanner);
  }
}
