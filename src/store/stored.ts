/**
 * A document as it is kept between runs.
 * Promise: it says what it is and in which form, so that a later program can read it or reject it.
 */
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

/** In: bytes that `encodeStored` wrote, or those of a document from before there were versions: such a one is version 1. */
export function decodeStored(bytes: Uint8Array): Stored {
  const document = JSON.parse(Buffer.from(bytes).toString()) as Stored | object;
  return isStored(document) ? document : { kind: "", version: 1, data: document };
}

function isStored(document: Stored | object): document is Stored {
  return "kind" in document && "version" in document && "data" in document;
}

/** Says that an unfinished report is in a form that this program does not know. */
export function unknownReportNotice(where: string, { kind, version }: Stored): Notice {
  return {
    where,
    what: `a document of kind "${kind}", version ${version}, which this program does not know`,
    done: "began a new report without it; its lines are missing",
    isEvent: true,
  };
}
