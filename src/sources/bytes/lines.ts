/**
 * Cuts a pipe into lines, one by one; split2's only door.
 * Promise: byte for byte, each with its newline; one that is too long is cut, never dropped, and says its length.
 */
import { pipeline, Transform, type Readable } from "node:stream";
import split2 from "split2";

/** A line of a pipe. Each character of its text is one byte. */
export interface PipedLine {
  /** With its newline, unless it was cut or the pipe ended before it. */
  readonly text: string;
  /** More than the text's length when it was cut. */
  readonly trueLengthBytes: number;
}

/** The lines of a stream of bytes, in order. Ends with the stream's error when it has one. */
export function linesOf(bytes: Readable, maxLineBytes: number): AsyncIterable<PipedLine> {
  const fold = new Fold(maxLineBytes);
  let count = 0;
  const lines = split2(
    keepingNewlines,
    (text): PipedLine => {
      const trueLengthBytes = fold.takeTrueLength(count++) ?? text.length;
      return { text: text.slice(0, maxLineBytes), trueLengthBytes };
    },
    // split2 decodes UTF-8, which has no place for a lone 0xff; strings it takes as they are.
    { decodeStrings: false },
  );
  pipeline(bytes, fold, lines, () => {
    // The error, if any, comes out where the lines are read.
  });
  return lines as AsyncIterable<PipedLine>;
}

/** Where split2 asks for the pieces between newlines, this gives lines with theirs, and the rest after the last. */
const keepingNewlines = {
  [Symbol.split](text: string): string[] {
    const pieces: string[] = [];
    let start = 0;
    for (let end = text.indexOf("\n") + 1; end > 0; end = text.indexOf("\n", start) + 1) {
      pieces.push(text.slice(start, end));
      start = end;
    }
    pieces.push(text.slice(start));
    return pieces;
  },
};

/**
 * Turns bytes into latin1 and holds an unfinished line back, cut to what is kept of it, until its newline comes:
 * split2 would search all of it again with each piece that arrives, 4.8 s for a line of 30 MB.
 */
class Fold extends Transform {
  private readonly maxLineBytes: number;
  private readonly trueLengths = new Map<number, number>();
  private lineCount = 0;
  private held: string[] = [];
  private keptBytes = 0;
  private trueLengthBytes = 0;

  constructor(maxLineBytes: number) {
    super({ readableObjectMode: true });
    this.maxLineBytes = maxLineBytes;
  }

  /** The length of the line with this number, if it was cut here. */
  takeTrueLength(line: number): number | undefined {
    const lengthBytes = this.trueLengths.get(line);
    this.trueLengths.delete(line);
    return lengthBytes;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const text = chunk.toString("latin1");
    const firstEnd = text.indexOf("\n") + 1;
    this.hold(firstEnd === 0 ? text : text.slice(0, firstEnd));
    if (firstEnd > 0) {
      this.release("\n");
      const lastEnd = text.lastIndexOf("\n") + 1;
      const whole = text.slice(firstEnd, lastEnd);
      for (let end = whole.indexOf("\n"); end >= 0; end = whole.indexOf("\n", end + 1)) this.lineCount++;
      if (whole !== "") this.push(whole);
      this.hold(text.slice(lastEnd));
    }
    done();
  }

  override _flush(done: () => void): void {
    if (this.trueLengthBytes > 0) this.release("");
    done();
  }

  private hold(piece: string): void {
    this.trueLengthBytes += piece.length;
    const kept = piece.slice(0, this.maxLineBytes - this.keptBytes);
    this.keptBytes += kept.length;
    if (kept !== "") this.held.push(kept);
  }

  private release(end: "\n" | ""): void {
    if (this.trueLengthBytes > this.keptBytes) {
      this.trueLengths.set(this.lineCount, this.trueLengthBytes);
      // What was cut took the newline along, and split2 needs one to see where the line ends.
      this.held.push(end);
    }
    this.push(this.held.join(""));
    this.lineCount++;
    this.held = [];
    this.keptBytes = 0;
    this.trueLengthBytes = 0;
  }
}
