/**
 * A spooled payload as bytes: one line of JSON that says what became of it, then the payload itself.
 * Promise: the payload's bytes are proved by their SHA-256, so that a damaged one is never sent as if it were whole.
 */
import { createHash } from "node:crypto";
import {
  hasFields,
  isCount,
  isInstant,
  isListOf,
  isObject,
  isString,
  parseJson,
} from "../../std/json-shape.js";
import type { Envelope, Payload } from "./payload.js";

/** What is known of a spooled payload besides its bytes. */
export interface SpoolHeader extends Omit<Payload, "bytes"> {
  /** Recipients who have it already: they are not sent it again. */
  readonly deliveredTo?: readonly string[];
  /** How often it was tried. */
  readonly attempts: number;
  /** Not to be tried before, ISO 8601. */
  readonly nextTryAt?: string;
  /** What was said when it was last tried. */
  readonly lastReason?: string;
}

/** Version 1 knew only mail; version 2 did not know who has it already. Samples of all are in test/store/versions/. */
const formatVersion = 3;

/** The header line can be read alone: payloads may be large, and lists of them long. */
export const maxHeaderBytes = 1 << 20;

export function encodeSpoolFile(header: SpoolHeader, payload: Uint8Array): Uint8Array {
  const record = { version: formatVersion, ...header, sha256: sha256(payload) };
  const line = Buffer.from(`${JSON.stringify(record)}\n`);
  if (line.length > maxHeaderBytes) throw new Error(`bug: a spool header of ${line.length} bytes`);
  return Buffer.concat([line, payload]);
}

/** In: a spool file, or its first `maxHeaderBytes`. Out: undefined when that is no header. */
export function decodeSpoolHeader(bytes: Uint8Array): SpoolHeader | undefined {
  return decodeHeaderLine(bytes)?.header;
}

/** In: a whole spool file. Out: undefined when it is damaged. */
export function decodeSpoolFile(bytes: Uint8Array): { header: SpoolHeader; payload: Payload } | undefined {
  const decoded = decodeHeaderLine(bytes);
  if (!decoded) return undefined;
  const content = bytes.subarray(decoded.lengthBytes);
  if (sha256(content) !== decoded.sha256) return undefined;
  const { header } = decoded;
  const { outlet, idempotencyKey, contentType, envelope } = header;
  return {
    header,
    payload: { outlet, idempotencyKey, contentType, bytes: content, ...(envelope && { envelope }) },
  };
}

interface DecodedHeader {
  readonly header: SpoolHeader;
  readonly sha256: string;
  readonly lengthBytes: number;
}

/**
 * A field that is missing or of another type counts as left out, so that a payload whose bytes are whole still goes out.
 * Undefined where the digest is missing, and for a later version, whose fields may mean something else.
 */
function decodeHeaderLine(bytes: Uint8Array): DecodedHeader | undefined {
  const newline = bytes.subarray(0, maxHeaderBytes).indexOf(0x0a);
  if (newline < 0) return undefined;
  const record = parseJson(bytes.subarray(0, newline));
  if (!isObject(record) || !isString(record.sha256)) return undefined;
  const { version = 1 } = record;
  if (version !== 1 && version !== 2 && version !== formatVersion) return undefined;
  const { sha256: digest, idempotencyKey, contentType, outlet } = record;
  const { attempts, deliveredTo, nextTryAt, lastReason } = record;
  // Version 1 had the envelope's two fields beside the others.
  const envelope = version === 1 ? { from: record.from, to: record.to } : record.envelope;
  const header: SpoolHeader = {
    outlet: isString(outlet) && outletName.test(outlet) ? outlet : "mail",
    idempotencyKey: isString(idempotencyKey) ? idempotencyKey : digest,
    contentType: isString(contentType) ? contentType : "message/rfc822",
    ...(isEnvelope(envelope) && { envelope: { from: envelope.from, to: envelope.to } }),
    ...(isAddressList(deliveredTo) && { deliveredTo }),
    attempts: isCount(attempts) ? attempts : 0,
    ...(isInstant(nextTryAt) && { nextTryAt }),
    ...(isString(lastReason) && { lastReason }),
  };
  return { header, sha256: digest, lengthBytes: newline + 1 };
}

const outletName = /^[a-z0-9-]+$/;
const isAddressList = isListOf(isString);
const isEnvelope = hasFields<Envelope>({ from: isString, to: isAddressList });

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
