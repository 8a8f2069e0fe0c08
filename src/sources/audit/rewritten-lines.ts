/**
 * Gives the lines of a reader in other words.
 * Promise: one line in, one line out; positions and what is noticed stay the reader's own.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import type { Chunk } from "../../std/chunk.js";
import { newline } from "../../std/text/line-text.js";
import type { Notice } from "../../std/notice.js";
import type { Position, ResumableReader, Source } from "../source.js";

/** In and out: a line without its newline. The result has no newline either. */
export type Rewrite = (line: ByteString) => ByteString;

/** The same source with its lines rewritten. `makeRewrite` is called each time that it is opened. */
export function rewrittenSource(
  kind: string,
  source: Source,
  growth: number,
  makeRewrite: () => Rewrite,
): Source {
  return {
    kind,
    name: source.name,
    open: async (from) => new RewrittenReader(await source.open(from), growth, makeRewrite()),
  };
}

type LinesChunk = Extract<Chunk, { kind: "lines" }>;
type LongLineChunk = Extract<Chunk, { kind: "long line" }>;

class RewrittenReader implements ResumableReader {
  private readonly inner: ResumableReader;
  private readonly growth: number;
  private readonly rewrite: Rewrite;
  private buffer = Buffer.alloc(0);

  /** `growth`: no line, with its newline, becomes longer than so many times its length. */
  constructor(inner: ResumableReader, growth: number, rewrite: Rewrite) {
    this.inner = inner;
    this.growth = growth;
    this.rewrite = rewrite;
  }

  async read(into: Uint8Array): Promise<Chunk> {
    // What is read must have room when it is rewritten: the position must not run ahead of what is given.
    const bufferBytes = Math.max(1, Math.floor(into.length / this.growth));
    if (this.buffer.length !== bufferBytes) this.buffer = Buffer.alloc(bufferBytes);
    const chunk = await this.inner.read(this.buffer);
    switch (chunk.kind) {
      case "end":
        return chunk;
      case "lines":
        return this.rewriteLines(chunk, Buffer.from(into.buffer, into.byteOffset, into.length));
      case "long line":
        return this.rewriteLong(chunk, into);
    }
  }

  position(): Position {
    return this.inner.position();
  }

  unreadBytes(): number {
    return this.inner.unreadBytes?.() ?? 0;
  }

  notices(): readonly Notice[] {
    return this.inner.notices();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private rewriteLines({ lengthBytes, leadingNulBytes, passedBytes }: LinesChunk, into: Buffer): LinesChunk {
    const nulBytes = new Map<number, number>();
    let written = 0;
    for (let start = 0; start < lengthBytes;) {
      const found = this.buffer.subarray(0, lengthBytes).indexOf(newline, start);
      const end = found < 0 ? lengthBytes : found + 1;
      const nuls = leadingNulBytes?.get(start);
      if (nuls !== undefined) nulBytes.set(written, nuls);
      written += this.rewritten(this.buffer.subarray(start, end)).copy(into, written);
      start = end;
    }
    return {
      kind: "lines",
      lengthBytes: written,
      ...(nulBytes.size > 0 && { leadingNulBytes: nulBytes }),
      ...(passedBytes !== undefined && { passedBytes }),
    };
  }

  /** Longer than what is read at once, and still it may have room. */
  private rewriteLong(chunk: LongLineChunk, into: Uint8Array): Chunk {
    const { bytes, trueLengthBytes, leadingNulBytes } = chunk;
    // What is left of a line that was cut may read as something else.
    if (trueLengthBytes > bytes.length) return chunk;
    const line = this.rewritten(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    if (line.length > into.length || leadingNulBytes !== undefined)
      return { ...chunk, bytes: line, trueLengthBytes: line.length };
    into.set(line);
    return { kind: "lines", lengthBytes: line.length };
  }

  private rewritten(bytes: Buffer): Buffer {
    const hasNewline = bytes.at(-1) === newline;
    const line = bytes.toString("latin1", 0, bytes.length - (hasNewline ? 1 : 0));
    return Buffer.from(this.rewrite(line) + (hasNewline ? "\n" : ""), "latin1");
  }
}
