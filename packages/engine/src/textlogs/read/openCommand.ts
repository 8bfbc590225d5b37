import { newline } from './bytes.ts';
import { type FactPlace, type FactRoom, factPlace, factRoom } from './fact.ts';

/** Of the further lines of a command so many bytes are kept. */
const furtherMax = 1 << 16;

/** A command that a line told, and to which those lines belong that follow it without a stamp. */
export class OpenCommand {
  readonly fact: FactRoom = factRoom('job.command');
  readonly place = factPlace();
  isOpen = false;
  /** What it is copied to when there are further lines, or those that were read will be overwritten. */
  #buffer: Buffer = Buffer.alloc(0);
  #isKept = false;

  open({ job, command }: FactRoom, place: FactPlace): void {
    this.fact.job = job;
    this.fact.command = command;
    this.place.atMs = place.atMs;
    this.place.from = place.from;
    this.place.line = place.line;
    this.place.byteOffset = place.byteOffset;
    this.place.run = place.run;
    this.isOpen = true;
    this.#isKept = false;
  }

  /** Adds a line, as far as there is room. */
  add(bytes: Buffer, start: number, end: number): void {
    this.keep();
    const buffer = this.#buffer;
    const at = this.fact.command!.end;
    if (at >= buffer.length) return;
    buffer[at] = newline;
    this.fact.command = { bytes: buffer, start: 0, end: at + 1 + bytes.copy(buffer, at + 1, start, end) };
  }

  /** To be called before the bytes are overwritten from which it was opened. */
  keep(): void {
    if (!this.isOpen || this.#isKept) return;
    const { bytes, start, end } = this.fact.command!;
    const length = end - start;
    if (length + furtherMax > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(length + furtherMax);
    bytes.copy(this.#buffer, 0, start, end);
    this.fact.command = { bytes: this.#buffer, start: 0, end: length };
    this.#isKept = true;
  }
}
