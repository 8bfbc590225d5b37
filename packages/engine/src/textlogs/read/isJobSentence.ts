import { byteStrings } from './byteStrings.ts';
import type { LoggedLevel } from './fact.ts';
import { names } from './names.ts';
import { scannedMax } from './scanner.ts';
import { withScanner } from './scannerPool.ts';
import { SentenceReader } from './sentences.ts';

/** Whether a message of a job's own log is one of our sentences, and not output of the job. */
export function isJobSentence(message: string, level: LoggedLevel, job: string): boolean {
  const bytes = Buffer.from(message).subarray(0, scannedMax);
  const jobs = names();
  const known = { number: jobs.numberOfText(job), bytes: Buffer.from(job) };
  return withScanner((scanner) => {
    if (!scanner.setJob(known.bytes)) return false;
    scanner.take(bytes);
    return new SentenceReader(jobs, byteStrings(), scanner).ofJob(0, bytes.length, level, known) !== 'none';
  });
}
