/**
 * Cuts a stream of bytes into whole lines or records.
 * Promise: byte for byte what came in comes out; between two reads only the partial last line is moved.
 */
import type { ByteStream } from "./byte-stream.js";
import type { Framing } from "./framing.js";
import { LongLine } from "./long-line.js";
import type { Chunk } from "../../std/chunk.js";
import type { Trace } from "./trace.js";

/** How a long line begins and ends, whatever was cut from it. */
interface Traced {
  readonly trace: Trace;
}

type Lines = Extract<Chunk, { kind: "lines" }>;
type LongLineChunk = Extract<Chunk, { kind: "long line" }> & Traced;

/** What came: whole units, a long line (whole too), the unfinished rest of the stream, or its end. */
export type UnitChunk = Lines | LongLineChunk | UnfinishedChunk | { readonly kind: "end" };

export interface UnfinishedChunk {
  readonly kind: "unfinished";
  readonly chunk: Lines | LongLineChunk;
  readonly lengthBytes: number;
  /** Why the stream ends here. The next read throws it. Left out: it has ended as it should. */
  readonly failure?: unknown;
}

export class StreamUnits {
  private readonly stream: ByteStream;
  private readonly framing: Framing;
  private readonly isEager: boolean;
  private carry: Uint8Array = new Uint8Array(0);
  private hasEnded = false;
  private failure: unknown;

  /** `isEager`: whole lines are given on as soon as they are there, not once the buffer is full. */
  constructor(stream: ByteStream, framing: Framing, isEager: boolean) {
    this.stream = stream;
    this.framing = framing;
    this.isEager = isEager;
  }

  /** The next whole units at the start of `into`. Throws on input errors, once all that came before them is given. */
  async next(into: Uint8Array): Promise<UnitChunk> {
    let lengthBytes = this.takeCarry(into);
    for (;;) {
      const isFull = lengthBytes === into.length;
      if (isFull || this.hasEnded || this.isEager || this.failure !== undefined) {
        const whole = this.framing.wholeLength(into, lengthBytes);
        if (whole > 0) {
          this.giveBack(into.subarray(whole, lengthBytes));
          return { kind: "lines", lengthBytes: whole };
        }
      }
      if (isFull) return this.nextLong(into);
      if (this.hasEnded || this.failure !== undefined) {
        if (lengthBytes > 0) return this.unfinished({ kind: "lines", lengthBytes }, lengthBytes);
        if (this.failure !== undefined) throw this.failure;
        return { kind: "end" };
      }
      lengthBytes += await this.pull(into.subarray(lengthBytes));
    }
  }

  private async nextLong(into: Uint8Array): Promise<UnitChunk> {
    const line = new LongLine();
    line.add(into);
    for (;;) {
      const lengthBytes = this.carry.length > 0 ? this.takeCarry(into) : await this.pull(into);
      const piece = into.subarray(0, lengthBytes);
      const end = this.framing.endOf(piece, 0);
      line.add(piece.subarray(0, end));
      if (end !== undefined) {
        this.giveBack(piece.subarray(end));
        return { ...line.chunk(), trace: line.trace };
      }
      if (this.hasEnded || this.failure !== undefined)
        return this.unfinished({ ...line.chunk(), trace: line.trace }, line.lengthBytes);
    }
  }

  private unfinished(chunk: Lines | LongLineChunk, lengthBytes: number): UnfinishedChunk {
    const { failure } = this;
    return { kind: "unfinished", chunk, lengthBytes, ...(failure !== undefined && { failure }) };
  }

  /** A failure is held back while there is something to give. */
  private async pull(into: Uint8Array): Promise<number> {
    try {
      const lengthBytes = await this.stream.read(into);
      if (lengthBytes === 0) this.hasEnded = true;
      return lengthBytes;
    } catch (error) {
      this.failure = error;
      return 0;
    }
  }

  private takeCarry(into: Uint8Array): number {
    const taken = this.carry.subarray(0, into.length);
    into.set(taken);
    this.carry = this.carry.subarray(taken.length);
    return taken.length;
  }

  private giveBack(rest: Uint8Array): void {
    const carry = new Uint8Array(rest.length + this.carry.length);
    carry.set(rest);
    carry.set(this.carry, rest.length);
    this.carry = carry;
  }
}
