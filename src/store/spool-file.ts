/**
 * A spooled mail as bytes: one line of JSON that says what became of it, then the mail itself.
 * Promise: the mail's bytes are proved by their SHA-256, so that a damaged one is never sent as if it were whole.
 */
import { createHash } from "node:crypto";
import type { Message } from "../outlets/mail/message.js";

/** What is known of a waiting mail besides its bytes. */
export interface SpoolHeader {
  readonly from: string;
  /** Those who do not have it yet. */
  readonly to: readonly string[];
  /** How often it was tried. */
  readonly attempts: number;
  /** Not to be tried before, ISO 8601. */
  readonly nextTryAt?: string;
  /** What was said when it was last tried. */
  readonly lastReason?: string;
}

/** The header line can be read alone: mails may be large, and lists of them long. */
export const maxHeaderBytes = 65_536;

export function encodeSpoolFile(header: SpoolHeader, mail: Uint8Array): Uint8Array {
  const line = Buffer.from(`${JSON.stringify({ ...header, sha256: sha256(mail) })}\n`);
  if (line.length > maxHeaderBytes) throw new Error(`bug: a spool header of ${line.length} bytes`);
  return Buffer.concat([line, mail]);
}

/** In: a spool file, or its first `maxHeaderBytes`. Out: undefined when that is no header. */
export function decodeSpoolHeader(bytes: Uint8Array): SpoolHeader | undefined {
  return decodeHeaderLine(bytes)?.header;
}

/** In: a whole spool file. Out: undefined when it is damaged. */
export function decodeSpoolFile(bytes: Uint8Array): { header: SpoolHeader; message: Message } | undefined {
  const decoded = decodeHeaderLine(bytes);
  if (!decoded) return undefined;
  const mail = bytes.subarray(decoded.lengthBytes);
  if (sha256(mail) !== decoded.sha256) return undefined;
  const { header } = decoded;
  return { header, message: { envelope: { from: header.from, to: header.to }, bytes: mail } };
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
  if (!isHeader(parsed)) return undefined;
  const { sha256: digest, ...header } = parsed;
  return { header, sha256: digest, lengthBytes: newline + 1 };
}

function isHeader(parsed: unknown): parsed is SpoolHeader & { readonly sha256: string } {
  return (
    typeof parsed === "object" &&
    parsed !== null &&
    "from" in parsed &&
    typeof parsed.from === "string" &&
    "to" in parsed &&
    Array.isArray(parsed.to) &&
    parsed.to.every((address) => typeof address === "string") &&
    "attempts" in parsed &&
    typeof parsed.attempts === "number" &&
    "sha256" in parsed &&
    typeof parsed.sha256 === "string"
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
