/**
 * Unwraps a line of a container's log, as Docker's json-file driver and the container runtimes of Kubernetes write it.
 * Promise: what is no such record is told from one by its beginning, and never an error.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { readStamp } from "../stamp.js";
import { jsonObject, textOf } from "./json-line.js";

/** One record: a line that the container wrote, or a part of one. */
export interface ContainerRecord {
  /** Without the newline that ends the line. */
  readonly text: ByteString;
  /** Whether the line goes on in the stream's next record. */
  readonly isPartial: boolean;
  /** "stdout" or "stderr"; the parts of a line are of one stream. */
  readonly stream: ByteString;
  /** When the container wrote it, in ms since the epoch. */
  readonly timestampMs?: number;
}

const epoch = new Date(0);

/** `{"log":"…\n","stream":"stdout","time":"2026-11-22T07:31:09.123456789Z"}`: a line's last record ends in a newline. */
export function readDockerRecord(line: ByteString): ContainerRecord | undefined {
  if (!line.startsWith('{"log":"') && !line.startsWith('{"stream":"')) return undefined;
  const { log = "", stream, time, ...others } = jsonObject(line) ?? {};
  if (typeof log !== "string" || typeof stream !== "string" || typeof time !== "string") return undefined;
  // The driver writes no other field: another program's line is another program's.
  if (Object.keys(others).some((name) => name !== "attrs")) return undefined;
  const isPartial = !log.endsWith("\n");
  return {
    text: textOf(isPartial ? log : log.slice(0, -1)),
    isPartial,
    stream: textOf(stream),
    ...timeOf(time),
  };
}

const criRecord =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.0-9]*(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([FP])(?::[^ ]*)? /;

/** `2026-11-22T07:31:09.123456789Z stdout F …`: P is a part, F a line or its last part (Kubernetes' CRI logging format). */
export function readCriRecord(line: ByteString): ContainerRecord | undefined {
  const [start, time, stream, tag] = criRecord.exec(line.slice(0, longestStart)) ?? [];
  if (start === undefined || time === undefined || stream === undefined) return undefined;
  return { text: line.slice(start.length), isPartial: tag === "P", stream, ...timeOf(time) };
}

/** No record has more before its text. */
const longestStart = 128;

function timeOf(text: string): Pick<ContainerRecord, "timestampMs"> {
  const stamp = readStamp(text, epoch);
  return stamp ? { timestampMs: stamp.timestampMs } : {};
}
