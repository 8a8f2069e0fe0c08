/**
 * Reads the log of a container: unwraps its records, joins the parts of a line, and gives each line a header.
 * Promise: each record keeps its place and is counted by itself; the parts of a line all have the verdict on the whole.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { contentLine } from "../../entry/forms/content.js";
import type { ContainerRecord } from "../../entry/forms/container-record.js";
import { traditionalTime } from "../../entry/traditional-time.js";
import { linesOf, type LineReadings, type Reading } from "./line-readings.js";

export interface ContainerLinesOptions {
  /** How a record is unwrapped; undefined for a line that is none. */
  readonly recordOf: (line: ByteString) => ContainerRecord | undefined;
  /** The host in the lines' headers: one word. */
  readonly hostname: ByteString;
  /** The program in the headers of lines that name none: the container's name, one word. Left out: it is not known. */
  readonly appName?: ByteString;
}

/** Docker and containerd break a line after 16 KiB: the parts of more than this are read each by itself. */
const longestJoinedBytes = 256 * 1024;
const mostParts = 32;

/** The parts of a line whose end has not come yet. */
interface Parts {
  readonly text: ByteString;
  readonly indices: readonly number[];
}

export class ContainerLines implements LineReadings {
  private readonly options: ContainerLinesOptions;
  /** The streams whose last record of the chunk before is a part: what follows is the rest of it. */
  private tornStreams: ReadonlySet<string> = new Set();

  constructor(options: ContainerLinesOptions) {
    this.options = options;
  }

  read(chunk: Uint8Array): readonly Reading[] {
    const readings: Reading[] = [];
    const parts = new Map<string, Parts>();
    const torn = new Set(this.tornStreams);
    for (const [index, line] of linesOf(chunk).entries()) {
      readings.push(undefined);
      const record = this.options.recordOf(line);
      if (!record) continue;
      const { stream, isPartial } = record;
      if (torn.has(stream)) {
        // The rest of a line whose beginning was given already: it has no header that could be read.
        if (!isPartial) torn.delete(stream);
        continue;
      }
      const before = parts.get(stream);
      const text = (before?.text ?? "") + record.text;
      const indices = [...(before?.indices ?? []), index];
      parts.delete(stream);
      if (!isPartial) {
        const stamp = traditionalTime(Math.floor((record.timestampMs ?? 0) / 1000));
        const reading = contentLine(text, { stamp, ...this.options });
        for (const each of indices) readings[each] = reading;
      } else if (text.length > longestJoinedBytes || indices.length >= mostParts) torn.add(stream);
      else parts.set(stream, { text, indices });
    }
    for (const stream of parts.keys()) torn.add(stream);
    this.tornStreams = torn;
    return readings;
  }
}
