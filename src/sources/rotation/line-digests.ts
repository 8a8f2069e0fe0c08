/**
 * What a position says of the lines that were read last of a log.
 * Promise: bounded, whatever was read; a line that was not read has no digest here, by chance or by design.
 */
import { hasFields, isBoolean, isCount, isOptional, isString } from "../../std/json-shape.js";

/**
 * Digests of lines in the order in which these were read, 8 characters each: 48 bits of a salted SHA-256. With fewer
 * bits a new line would now and then have the digest of one that was read, and without the salt somebody who may write
 * to the log could look for one that has.
 */
export interface LineDigests {
  readonly salt: string;
  /** Of every so many lines: there may be others between two of them, and before the first. */
  readonly sparse: string;
  /** Of each of the last lines. */
  readonly dense: string;
  /** Whether lines were read before these that have no digest. */
  readonly isCut?: boolean;
  /** The time that the last line states, in ms since the epoch. */
  readonly latestMs?: number;
}

export const digestChars = 8;

/** How many of the last lines of a log have a digest each, where there are few logs. */
export const usualDenseLines = 4096;

export const longestSalt = 64;

/** A longer line has no digest. */
export const longestDigestedLine = 64 * 1024;

const isDigestList = (value: unknown): boolean =>
  isString(value) && value.length % digestChars === 0 && value.length <= usualDenseLines * digestChars;

export const isLineDigests = hasFields<LineDigests>({
  salt: (value) => isString(value) && value.length <= longestSalt,
  sparse: isDigestList,
  dense: isDigestList,
  isCut: isOptional(isBoolean),
  latestMs: isOptional(isCount),
});

/** The digests one by one. */
export function digestsOf(list: string, step = 1): string[] {
  const digests: string[] = [];
  for (let place = 0; place < list.length; place += step * digestChars)
    digests.push(list.slice(place, place + digestChars));
  return digests;
}
