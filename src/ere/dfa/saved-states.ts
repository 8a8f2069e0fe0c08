/**
 * The form in which the states of a scanner are kept on disk.
 * Promise: what is damaged anywhere, or belongs to other patterns, another locale or another version, is not read.
 *
 * Magic and checksum (SHA-256 of all that follows), key, length of the facts, the facts as JSON, then the numbers:
 * per state its parent and the byte from there, then the rows as they lie in memory. A state's node sets are not
 * kept: the parents lead back to the start, so they are found again when a transition is missing.
 */
import { createHash } from "node:crypto";
import type { PatternError } from "../syntax/checked-patterns.js";

export interface SavedStates {
  readonly errors: readonly PatternError[];
  /** What was found out about the valid patterns, as `check-patterns.ts` puts it. */
  readonly facts: readonly number[];
  /** The patterns that the automaton only approximates. */
  readonly approximated: readonly number[];
  /** By byte, its class. */
  readonly classOfByte: readonly number[];
  /** By match set, its patterns; and the match sets that lines have run into. */
  readonly matchSets: readonly (readonly number[])[];
  readonly sinkSets: readonly number[];
  /** Two numbers for each state: the state before it, and the byte that leads from there. */
  readonly origins: Int32Array;
  /** The rows of all states, one after the other. */
  readonly rows: Int32Array;
}

const magic = "logwinnow states 4\n";
const digestBytes = 32;
const keyAt = magic.length + digestBytes;
const factsLengthAt = keyAt + digestBytes;
const factsAt = factsLengthAt + 4;

function digestOf(content: Uint8Array): Buffer {
  return createHash("sha256").update(content).digest();
}

/** `key` is hex, of 32 bytes. */
export function encodeStates(key: string, states: SavedStates): Uint8Array {
  const { origins, rows, ...facts } = states;
  const factBytes = Buffer.from(JSON.stringify({ ...facts, stateCount: origins.length / 2 }));
  const padding = (4 - ((factsAt + factBytes.length) % 4)) % 4;
  const paddedFacts = Buffer.concat([factBytes, Buffer.alloc(padding, " ")]);
  const factsLength = Buffer.alloc(4);
  factsLength.writeUInt32LE(paddedFacts.length);
  const saved = Buffer.concat([
    Buffer.from(magic, "latin1"),
    Buffer.alloc(digestBytes),
    Buffer.from(key, "hex"),
    factsLength,
    paddedFacts,
    new Uint8Array(origins.buffer, origins.byteOffset, origins.byteLength),
    new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength),
  ]);
  saved.set(digestOf(saved.subarray(keyAt)), magic.length);
  return saved;
}

/** Undefined where the bytes are not a whole and valid saving of just this key. */
export function decodeStates(key: string, saved: Uint8Array): SavedStates | undefined {
  if (saved.length < factsAt) return undefined;
  const bytes = Buffer.from(saved.buffer, saved.byteOffset, saved.length);
  if (bytes.toString("latin1", 0, magic.length) !== magic) return undefined;
  if (bytes.toString("hex", keyAt, factsLengthAt) !== key) return undefined;
  if (!digestOf(bytes.subarray(keyAt)).equals(bytes.subarray(magic.length, keyAt))) return undefined;
  const originsAt = factsAt + bytes.readUInt32LE(factsLengthAt);
  const { stateCount, ...facts } = JSON.parse(bytes.toString("utf8", factsAt, originsAt)) as Omit<
    SavedStates,
    "origins" | "rows"
  > & { readonly stateCount: number };
  const numbers = numbersOf(bytes.subarray(originsAt));
  return { ...facts, origins: numbers.subarray(0, 2 * stateCount), rows: numbers.subarray(2 * stateCount) };
}

/** Without a copy where they lie right, as in a file's own buffer: there may be 40 MB of them. */
function numbersOf(bytes: Buffer): Int32Array {
  const isAligned = bytes.byteOffset % Int32Array.BYTES_PER_ELEMENT === 0;
  const { buffer, byteOffset, length } = isAligned ? bytes : Uint8Array.from(bytes);
  return new Int32Array(buffer, byteOffset, Math.floor(length / Int32Array.BYTES_PER_ELEMENT));
}
