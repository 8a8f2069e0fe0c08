/**
 * A spooled payload as bytes: one line of JSON that says what became of it, then the payload itself.
 * Promise: the payload's bytes are proved by their SHA-256, so that a damaged one is never sent as if it were whole.
 */
import { createHash } from "node:crypto";
import type { Envelope, Payload } from "./payload.js";

/** What is known of a spooled payload besides its bytes. */
export interface SpoolHeader extends Omit<Payload, "bytes"> {
  /** How often it was tried. */
  readonly attempts: number;
  /** Not to be tried before, ISO 8601. */
  readonly nextTryAt?: string;
  /** What was said when it was last tried. */
  readonly lastReason?: string;
}

/** Raised when an older program could not read what a newer one wrote. Version 1 knew only mail. */
const formatVersion = 2;

/** The header line can be read alone: payloads may be large, and lists of them long. */
export const maxHeaderBytes = 65_536;

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

function decodeHeaderLine(
  bytes: Uint8Array,
): { header: SpoolHeader; sha256: string; lengthBytes: number } | undefined {
  const newline = bytes.subarray(0, maxHeaderBytes).indexOf(0x0a);
  if (newline < 0) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(bytes.subarray(0, newline)).toString());
  } catch {
    return undefined;
  }
  const lengthBytes = newline + 1;
  if (isHeader(parsed)) {
    const { version: _, sha256: digest, ...header } = parsed;
    return { header, sha256: digest, lengthBytes };
  }
  if (!isFirstHeader(parsed)) return undefined;
  const { sha256: digest, from, to, ...tries } = parsed;
  const mail = { outlet: "mail", idempotencyKey: digest, contentType: "message/rfc822" };
  return { header: { ...mail, envelope: { from, to }, ...tries }, sha256: digest, lengthBytes };
}

interface Sealed {
  readonly attempts: number;
  readonly sha256: string;
}

function isSealed(parsed: unknown): parsed is Sealed {
  return (
    typeof parsed === "object" &&
    parsed !== null &&
    "attempts" in parsed &&
    typeof parsed.attempts === "number" &&
    "sha256" in parsed &&
    typeof parsed.sha256 === "string"
  );
}

function isHeader(parsed: unknown): parsed is SpoolHeader & Sealed & { readonly version: number } {
  return (
    isSealed(parsed) &&
    "version" in parsed &&
    parsed.version === formatVersion &&
    "outlet" in parsed &&
    typeof parsed.outlet === "string" &&
    "idempotencyKey" in parsed &&
    typeof parsed.idempotencyKey === "string" &&
    "contentType" in parsed &&
    typeof parsed.contentType === "string" &&
    (!("envelope" in parsed) || isEnvelope(parsed.envelope))
  );
}

/** The header of version 1, which had no number. */
function isFirstHeader(parsed: unknown): parsed is Envelope & Sealed {
  return isSealed(parsed) && !("version" in parsed) && isEnvelope(parsed);
}

function isEnvelope(value: unknown): value is Envelope {
  return (
    typeof value === "object" &&
    value !== null &&
    "from" in value &&
    typeof value.from === "string" &&
    "to" in value &&
    Array.isArray(value.to) &&
    value.to.every((address) => typeof address === "string")
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
