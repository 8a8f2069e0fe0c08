/** Reads sources the way the walk does. Promise: what a test sees is byte for byte what a reader gave. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lineFraming } from "../../src/sources/bytes/framing.js";
import { logFile, type LogFileSettings } from "../../src/sources/file/log-file.js";
import type { LineReader, Position, Source, SourceContext } from "../../src/sources/source.js";
import { formatNotice } from "../../src/std/notice.js";

export interface Run {
  /** Everything that was given, one string a line, each character one byte, the NUL bytes of holes among them. */
  readonly lines: readonly string[];
  /** With the NUL bytes before the line. */
  readonly trueLengths: readonly number[];
  readonly position: Position;
  readonly notices: readonly string[];
}

export const noon = new Date("2026-11-22T12:00:00Z");

export const context: SourceContext = { now: noon, hostname: "web1", timestampOf: isoTimestampOf };

/** The time of a line that begins with an ISO 8601 time stamp. */
export function isoTimestampOf(line: Uint8Array): number | undefined {
  const time = Date.parse(Buffer.from(line).toString("latin1").split(" ")[0] ?? "");
  return Number.isNaN(time) ? undefined : time;
}

/** A log that is read whole at its first run. */
export function wholeLog(path: string, settings: Partial<LogFileSettings> = {}): Source {
  return logFile(path, {
    framing: lineFraming(isoTimestampOf),
    firstRun: { kind: "all" },
    followLinks: false,
    now: noon,
    ...settings,
  });
}

/** One run: opens, reads to the end, closes. `maxReads` stops it earlier, as a kill between two chunks does. */
export async function run(
  source: Source,
  from?: Position,
  options: { readonly bufferBytes?: number; readonly maxReads?: number } = {},
): Promise<Run> {
  const reader = await source.open(from);
  try {
    const given = await drain(reader, options);
    // Through JSON, as the state file keeps it.
    return { ...given, position: JSON.parse(JSON.stringify(reader.position())) as Position };
  } finally {
    await reader.close();
  }
}

export async function drain(
  reader: LineReader,
  options: { readonly bufferBytes?: number; readonly maxReads?: number } = {},
): Promise<Omit<Run, "position">> {
  // A Buffer, since its slice() differs from other arrays' in that it copies nothing.
  const into = Buffer.alloc(options.bufferBytes ?? 65_536);
  const lines: string[] = [];
  const trueLengths: number[] = [];
  for (let reads = 0; reads < (options.maxReads ?? Infinity); reads++) {
    const chunk = await reader.read(into);
    if (chunk.kind === "end") break;
    if (chunk.kind === "long line") {
      const { bytes, trueLengthBytes, leadingNulBytes = 0 } = chunk;
      lines.push("\0".repeat(leadingNulBytes) + Buffer.from(bytes).toString("latin1"));
      trueLengths.push(leadingNulBytes + trueLengthBytes);
      continue;
    }
    let start = 0;
    for (const line of splitKeepingEnds(into.toString("latin1", 0, chunk.lengthBytes))) {
      const whole = "\0".repeat(chunk.leadingNulBytes?.get(start) ?? 0) + line;
      start += line.length;
      lines.push(whole);
      trueLengths.push(whole.length);
    }
  }
  return { lines, trueLengths, notices: reader.notices().map(formatNotice) };
}

export function splitKeepingEnds(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A directory for one test, gone when the test's suite ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "logwinnow-sources-"));
  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}
