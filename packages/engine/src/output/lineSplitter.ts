import { StringDecoder } from 'node:string_decoder';
import type { PatternStream } from './patternMatcher.ts';

/** Cuts a stream of bytes into lines of text. */
export interface LineSplitter {
  /** The lines that `bytes` completes. */
  push(bytes: Buffer): string[];
  /** The last line, if the stream did not end in a line break. */
  end(): string[];
}

/** A line longer than this is cut into pieces, so that memory stays bounded whatever a job prints. */
export const longestLine = 64 * 1024;

/**
 * A splitter for the output of a job: decodes UTF-8 (each invalid sequence becomes U+FFFD), ends lines at LF, CR LF and
 * a lone CR as progress bars print it, removes white space at their ends, and cuts lines of more than 64 Ki characters.
 * The text passes through `masking` before anything is cut or removed.
 */
export function lineSplitter(masking: PatternStream = unchanged): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let rest = '';

  const complete = (text: string): string[] => {
    // A CR at the very end may be half of a CR LF.
    const held = text.endsWith('\r') ? text.slice(0, -1) : text;
    const lines = held.split(/\r\n|\n|\r/);
    rest = lines.pop()! + text.slice(held.length);
    const cut = lines.flatMap((line) => (line.length <= longestLine ? line : pieces(line)));
    while (rest.length > longestLine) {
      const end = pieceEnd(rest, 0);
      cut.push(rest.slice(0, end));
      rest = rest.slice(end);
    }
    return cut.map((line) => line.trimEnd());
  };

  return {
    push: (bytes) => complete(rest + masking.push(decoder.write(bytes))),
    end() {
      const lines = complete(rest + masking.push(decoder.end()) + masking.flush());
      const last = rest.trimEnd();
      const unfinished = rest !== '' && rest !== '\r';
      const empty = rest === '\r';
      rest = '';
      return unfinished || empty ? [...lines, last] : lines;
    },
  };
}

const unchanged: PatternStream = { push: (text) => text, flush: () => '' };

function pieces(line: string): string[] {
  const found: string[] = [];
  for (let start = 0; start < line.length; ) {
    const end = pieceEnd(line, start);
    found.push(line.slice(start, end));
    start = end;
  }
  return found;
}

/** Never between the halves of a surrogate pair. */
function pieceEnd(text: string, start: number): number {
  const end = Math.min(start + longestLine, text.length);
  const code = text.charCodeAt(end - 1);
  return end < text.length && code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
