/**
 * Process accounting and logins as lines, for commands that read a file once and keep no position.
 * Promise: a file of records is known by its content, and text is never taken for one; what cannot be read as a record is
 * said.
 */
import type { Chunk } from "../../std/chunk.js";
import type { Notice } from "../../std/notice.js";
import type { Text } from "../../std/text/byte-string.js";
import type { ByteStream } from "../bytes/byte-stream.js";
import type { Framing } from "../bytes/framing.js";
import { StreamUnits } from "../bytes/stream-units.js";
import type { LineReader } from "../source.js";
import { accountingRecords } from "./accounting.js";
import { RecordLinesReader, type RecordKind } from "./record-file.js";
import { RecordFraming, type RecordLayout } from "./record-framing.js";
import { loginRecords } from "./utmp.js";

/** A file may be of any host. */
const noHost = "-";
/** So many records, as far as there are, must make sense. */
const lookedAtRecords = 2;

/** In: the name of an input, its first bytes, all of it as a stream, and what is to be closed after that. Out: its lines; undefined where it is text. */
export function recordInput(
  path: Text,
  head: Buffer,
  stream: ByteStream,
  close: () => void,
): LineReader | undefined {
  return (
    linesOf(path, head, { stream, close }, accountingRecords(path, noHost)) ??
    linesOf(path, head, { stream, close }, loginRecords(path, noHost, false))
  );
}

interface Content {
  readonly stream: ByteStream;
  readonly close: () => void;
}

function linesOf<Layout extends RecordLayout>(
  path: Text,
  head: Buffer,
  content: Content,
  { layouts, makeLines }: RecordKind<Layout>,
): LineReader | undefined {
  if (!layouts.some((layout) => isOf(layout, head))) return undefined;
  const framing = new RecordFraming(layouts);
  return new RecordLinesReader(path, new Records(path, content, framing), framing, makeLines());
}

function isOf(layout: RecordLayout, head: Buffer): boolean {
  const { recordBytes } = layout;
  const records = Math.min(lookedAtRecords, Math.floor(head.length / recordBytes));
  return (
    records > 0 &&
    Array.from({ length: records }, (_, index) => index * recordBytes).every((start) =>
      layout.isPlausible(head, start),
    )
  );
}

/** Whole records of a stream. */
class Records implements LineReader {
  private readonly path: Text;
  private readonly content: Content;
  private readonly units: StreamUnits;
  private unfinishedBytes = 0;

  constructor(path: Text, content: Content, framing: Framing) {
    this.path = path;
    this.content = content;
    this.units = new StreamUnits(content.stream, framing, false);
  }

  async read(into: Uint8Array): Promise<Chunk> {
    const given = await this.units.next(into);
    if (given.kind !== "unfinished") return given;
    this.unfinishedBytes = given.lengthBytes;
    // Why the stream ended there, if it should not have, is thrown now.
    return this.read(into);
  }

  notices(): readonly Notice[] {
    if (this.unfinishedBytes === 0) return [];
    const what = "ends within a record";
    return [{ where: this.path, what, done: `${this.unfinishedBytes} bytes left out` }];
  }

  async close(): Promise<void> {
    await this.content.stream.close();
    this.content.close();
  }
}
