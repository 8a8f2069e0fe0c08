/**
 * Knows nearly all lines of the common form at a glance.
 * Promise: what it knows is of that form; of any other line it says nothing.
 */
import { newline } from "../../std/text/line-text.js";

const [blank, colon, dash, bracket, letterI, letterT, nine] = [0x20, 0x3a, 0x2d, 0x5b, 0x49, 0x54, 0x39];

/** "2026-11-22T00:41:26.123456789+01:00" */
const longestIso = 35;
const longestHost = 255;
const longestTag = 160;

/** Where the host of a line stands that has a traditional or ISO stamp, a host and a tag. */
export interface CommonLine {
  readonly hostStart: number;
  readonly hostEnd: number;
}

/** In: where the line begins in the bytes; it ends at a newline or with them. */
export function commonLineAt(bytes: Uint8Array, start: number): CommonLine | undefined {
  const hostStart = afterStamp(bytes, start);
  if (hostStart === undefined || lineEnd(bytes, start, hostStart) < hostStart) return undefined;
  const hostEnd = wordEnd(bytes, hostStart, hostStart + longestHost);
  const tagStart = hostEnd + 1;
  const tagEnd = wordEnd(bytes, tagStart, tagStart + longestTag);
  const isHost =
    hostEnd > hostStart &&
    bytes[hostEnd] === blank &&
    bytes[hostEnd - 1] !== colon &&
    !isBracketed(bytes, hostStart, hostEnd);
  const isTag = tagEnd > tagStart && bytes[tagEnd] === blank && bytes[tagEnd - 1] === colon;
  // "[ID 800047 auth.info]" follows a tag of Solaris.
  return isHost && isTag && !(bytes[tagEnd + 1] === bracket && bytes[tagEnd + 2] === letterI)
    ? { hostStart, hostEnd }
    : undefined;
}

function afterStamp(bytes: Uint8Array, start: number): number | undefined {
  const at = (index: number): number => bytes[start + index] ?? 0;
  if (at(0) > nine) {
    const isTraditional =
      at(3) === blank && at(6) === blank && at(9) === colon && at(12) === colon && at(15) === blank;
    return isTraditional ? start + 16 : undefined;
  }
  const isIso =
    at(4) === dash && at(7) === dash && at(10) === letterT && at(13) === colon && at(16) === colon;
  if (!isIso) return undefined;
  const stampEnd = wordEnd(bytes, start + 19, start + longestIso + 1);
  return bytes[stampEnd] === blank ? stampEnd + 1 : undefined;
}

function isBracketed(bytes: Uint8Array, start: number, end: number): boolean {
  for (let place = start; place < end; place++) if (bytes[place] === bracket) return true;
  return false;
}

/** The place of the next newline, the end of the bytes or the limit. */
export function lineEnd(bytes: Uint8Array, start: number, limit: number): number {
  const end = Math.min(bytes.length, limit);
  let place = start;
  while (place < end && bytes[place] !== newline) place++;
  return place;
}

/** The place of the next blank or newline, the end or the limit. */
function wordEnd(bytes: Uint8Array, start: number, limit: number): number {
  const end = Math.min(bytes.length, limit);
  let place = start;
  while (place < end && bytes[place] !== blank && bytes[place] !== newline) place++;
  return place;
}
