/**
 * The state as bytes: JSON for people to read, and a last line with its SHA-256.
 * Promise: a file in which a single bit differs is known to be damaged.
 */
import { createHash } from "node:crypto";
import type { State } from "./state.js";

/** Raised when an older program could not understand what a newer one wrote. */
const formatVersion = 2;
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
  | { readonly kind: "newer" };

export function decodeState(bytes: Uint8Array): DecodedState {
  const content = unseal(bytes);
  if (content === undefined) return { kind: "damaged" };
  // The seal proves that these bytes are as `encodeState` wrote them, so their shape needs no second proof.
  const document = JSON.parse(Buffer.from(content).toString()) as StateDocument;
  if (document.formatVersion > formatVersion) return { kind: "newer" };
  if (document.formatVersion === 1) return { kind: "whole", state: fromFirstVersion(document) };
  const { formatVersion: _, ...state } = document;
  return { kind: "whole", state };
}

type StateDocument = FirstStateDocument | (State & { readonly formatVersion: 2 });

/** Version 1 called the commit number "generation". */
interface FirstStateDocument extends Omit<State, "commitNumber"> {
  readonly formatVersion: 1;
  readonly generation: number;
}

function fromFirstVersion(document: FirstStateDocument): State {
  const { formatVersion: _, generation, ...rest } = document;
  return { commitNumber: generation, ...rest };
}

const trailerLength = trailerOf(new Uint8Array()).length;

function trailerOf(content: Uint8Array): Buffer {
  return Buffer.from(`${trailerLabel}${createHash("sha256").update(content).digest("hex")}\n`);
}
