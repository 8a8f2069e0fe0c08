/**
 * One file of the archive: lines that reports told, a JSON text each, gzipped.
 * Promise: what is read back are the lines that were written, to the byte; of a damaged file, those before the damage.
 */
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { isObject, isString } from "../std/json-shape.js";
import type { ByteString, Text } from "../std/text/byte-string.js";

export interface ArchivedLine {
  /** The name of its source. */
  readonly source: Text;
  readonly sourceKind: string;
  /** As it was logged, without its newline; its beginning, where it was longer than a report keeps. */
  readonly line: ByteString;
  /** What the rules read in its place. Left out: they read it as it is. */
  readonly readAs?: ByteString;
}

/** Plain data. */
export interface ArchivedLines {
  readonly lines: readonly ArchivedLine[];
  /** How many more lines were reported with them and found no room. */
  readonly leftOut: number;
}

export interface DecodedArchive extends ArchivedLines {
  /** Whether something of the file cannot be read. */
  readonly isDamaged: boolean;
}

const kind = "reported-lines";
const version = 1;

/** Far above what one commit archives: a file that was planted cannot fill the memory. */
const mostUnpackedBytes = 2 ** 27;

export function encodeArchive({ lines, leftOut }: ArchivedLines): Uint8Array {
  const texts = lines.map(({ source, sourceKind, line, readAs }) =>
    // What is undefined at the end of a list would be null.
    JSON.stringify([source, sourceKind, line, ...(readAs === undefined ? [] : [readAs])]),
  );
  const head = JSON.stringify({ kind, version, leftOut });
  return gzipSync(`${[head, ...texts].join("\n")}\n`, { level: constants.Z_BEST_SPEED });
}

/** Never throws. What it does not understand counts as damaged. */
export function decodeArchive(bytes: Uint8Array): DecodedArchive {
  const unpacked = unpack(bytes);
  const text = unpacked.text.split("\n");
  // After the last newline there is nothing, or a line that was cut.
  const isCut = text.pop() !== "";
  const [head, ...records] = text;
  const document = parsed(head ?? "");
  if (!isObject(document) || document.kind !== kind || document.version !== version)
    return { lines: [], leftOut: 0, isDamaged: true };
  const lines = records.map((record) => lineOf(parsed(record)));
  const whole = lines.filter((line) => line !== undefined);
  return {
    lines: whole,
    leftOut: Number.isSafeInteger(document.leftOut) ? Number(document.leftOut) : 0,
    isDamaged: unpacked.isDamaged || isCut || whole.length < lines.length,
  };
}

function unpack(bytes: Uint8Array): { readonly text: string; readonly isDamaged: boolean } {
  const options = { maxOutputLength: mostUnpackedBytes };
  try {
    return { text: gunzipSync(bytes, options).toString(), isDamaged: false };
  } catch {
    try {
      const beginning = gunzipSync(bytes, { ...options, finishFlush: constants.Z_SYNC_FLUSH });
      return { text: beginning.toString(), isDamaged: true };
    } catch {
      return { text: "", isDamaged: true };
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lineOf(record: unknown): ArchivedLine | undefined {
  if (!Array.isArray(record)) return undefined;
  const [source, sourceKind, line, readAs] = record as readonly unknown[];
  if (!isString(source) || !isString(sourceKind) || !isString(line)) return undefined;
  return { source, sourceKind, line, ...(isString(readAs) && { readAs }) };
}
