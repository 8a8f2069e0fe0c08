/**
 * The state as bytes: JSON for people to read, and a last line with its SHA-256.
 * Promise: a file in which a single bit differs is known to be damaged.
 */
import { createHash } from "node:crypto";
import type { Position } from "../sources/source.js";
import {
  hasFields,
  isBoolean,
  isCount,
  isInstant,
  isListOf,
  isObject,
  isRecordOf,
  isString,
  parseJson,
} from "../std/json-shape.js";
import type { RememberedFile, State } from "./state.js";

/** Version 2 did not know which sources failed. Samples of all versions are in test/store/versions/. */
const formatVersion = 3;
const trailerLabel = "sha256 ";

/** Bytes with a last line that proves them whole. */
export function seal(content: Uint8Array): Uint8Array {
  return Buffer.concat([content, trailerOf(content)]);
}

/** The bytes that were sealed, or undefined when anything in them has changed. */
export function unseal(sealed: Uint8Array): Uint8Array | undefined {
  const content = sealed.subarray(0, Math.max(0, sealed.length - trailerLength));
  const trailer = sealed.subarray(content.length);
  return Buffer.compare(trailer, trailerOf(content)) === 0 ? content : undefined;
}

export function encodeState(state: State): Uint8Array {
  return seal(Buffer.from(`${JSON.stringify({ formatVersion, ...state }, null, 1)}\n`));
}

/** What reading a state file came to. `newer` was written by a later version of the program. */
export type DecodedState =
  | { readonly kind: "whole"; readonly state: State }
  | { readonly kind: "damaged" }
  /** Its seal is whole, and yet a field that it cannot do without is missing or of another type. */
  | { readonly kind: "misshapen"; readonly field: string }
  | { readonly kind: "newer" };

/** Never throws. A lesser field that is no good is left out. */
export function decodeState(bytes: Uint8Array): DecodedState {
  const content = unseal(bytes);
  if (content === undefined) return { kind: "damaged" };
  const document = parseJson(content);
  const version = isObject(document) ? document.formatVersion : undefined;
  if (!isObject(document) || !isCount(version) || version === 0) return notUnderstood("formatVersion");
  if (version > formatVersion) return { kind: "newer" };
  // Version 1 called the commit number "generation".
  const commitNumber = version === 1 ? document.generation : document.commitNumber;
  const {
    hostId,
    positions,
    hasOpenReport,
    lastSuccess,
    lastDigest,
    toldNotices,
    failedSources,
    settings,
    memory,
  } = document;
  if (!isCount(commitNumber)) return notUnderstood(version === 1 ? "generation" : "commitNumber");
  if (!isHostId(hostId)) return notUnderstood("hostId");
  if (!isObject(positions)) return notUnderstood("positions");
  if (!isBoolean(hasOpenReport)) return notUnderstood("hasOpenReport");
  const state: State = {
    commitNumber,
    hostId,
    positions: Object.fromEntries(
      Object.entries(positions).map(([name, position]) => [name, isPosition(position) ? position : unknown]),
    ),
    ...(isInstant(lastSuccess) && { lastSuccess }),
    // Not in the first states of version 3.
    ...(isInstant(lastDigest) && { lastDigest }),
    // Not before version 3.
    ...(isNameList(failedSources) && { failedSources }),
    // Not before version 3, and not in the first states of it.
    ...(isTold(settings) && { settings }),
    hasOpenReport,
    // Not in the first states of version 3.
    ...(isMemory(memory) && { memory }),
    // What is forgotten is told again.
    toldNotices: isTold(toldNotices) ? toldNotices : {},
  };
  return { kind: "whole", state };
}

function notUnderstood(field: string): DecodedState {
  return { kind: "misshapen", field };
}

/** A source whose kind does not know its position says so, and reads all there is. */
const unknown: Position = { kind: "unknown" };
const isPosition = hasFields<Position>({ kind: isString });
const isNameList = isListOf(isString);
const isTold = isRecordOf(isInstant);
const isMemory = isRecordOf(
  hasFields<RememberedFile>({
    commitNumber: isCount,
    sha256: (value) => isString(value) && /^[0-9a-f]{64}$/.test(value),
  }),
);
/** It becomes part of Message-IDs. */
const isHostId = (value: unknown): value is string => isString(value) && /^[A-Za-z0-9-]{1,64}$/.test(value);

const trailerLength = trailerOf(new Uint8Array()).length;

function trailerOf(content: Uint8Array): Buffer {
  return Buffer.from(`${trailerLabel}${createHash("sha256").update(content).digest("hex")}\n`);
}
