/**
 * A document as it is kept between runs.
 * Promise: it says what it is and in which form, so that a later program can read it or reject it.
 */
import { hasFields, isCount, isString, parseJson } from "../std/json-shape.js";
import type { Notice } from "../std/notice.js";

/** Plain JSON. Whoever writes a kind keeps a decoder for each version of it that there ever was. */
export interface Stored {
  readonly kind: string;
  readonly version: number;
  readonly data: unknown;
}

export function encodeStored(stored: Stored): Uint8Array {
  return Buffer.from(JSON.stringify(stored));
}

/**
 * In: bytes that `encodeStored` wrote, or those of a document from before there were versions: such a one is version 1.
 * Never throws: bytes that are no JSON are a document of no kind, which nobody understands.
 */
export function decodeStored(bytes: Uint8Array): Stored {
  const document = parseJson(bytes);
  return isStored(document) ? document : { kind: "", version: 1, data: document };
}

const isStored = (document: unknown): document is Stored =>
  hasFields<Omit<Stored, "data">>({ kind: isString, version: isCount })(document) && "data" in document;

/**
 * Says that an unfinished report is in a form that this program does not know. `lines`: how many were found in it;
 * `keptAs`: where the file is kept.
 */
export function unknownReportNotice(
  where: string,
  { kind, version }: Stored,
  lines: number,
  keptAs: string,
): Notice {
  return {
    where,
    what: `a document of kind "${kind}", version ${version}, which this program does not understand`,
    done: `${lines} lines that were found in it are reported, the file is kept as "${keptAs}"`,
    isEvent: true,
  };
}
