/**
 * Cuts lines to what is kept or shown of them.
 * Promise: a line that is cut keeps its true length, and no UTF-8 sequence is cut in two.
 */
import type { ByteString } from "../std/text/byte-string.js";
import type { Finding, Sample } from "./group.js";

/** A longer line is kept cut, and goes whole to the report file. */
export const maxLineBytes = 4096;
/** What is kept of the first line of a group whatever the others took. */
export const floorBytes = 512;

/** The first `maxBytes` of a line, as a string that does not hold on to the whole line. */
export function beginningOf(line: ByteString, maxBytes: number): ByteString {
  if (line.length <= maxBytes) return line;
  let end = maxBytes;
  // At most three continuation bytes precede the cut; anything longer is no UTF-8 and may be cut anywhere.
  while (end > maxBytes - 3 && isContinuation(line.charCodeAt(end))) end -= 1;
  if (isContinuation(line.charCodeAt(end))) end = maxBytes;
  return Buffer.from(line.slice(0, end), "latin1").toString("latin1");
}

/** What is kept of a finding. One that is cut must go to the report file. */
export function sampleOf({ source, line, trueLengthBytes }: Finding, maxBytes: number): Sample {
  return line.length <= maxBytes
    ? { source, line, trueLengthBytes }
    : { source, line: beginningOf(line, maxBytes), trueLengthBytes, isInReportFile: true };
}

function isContinuation(code: number): boolean {
  return code >= 0x80 && code <= 0xbf;
}
