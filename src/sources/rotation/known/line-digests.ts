/**
 * What a position says of the lines that were read last of a log.
 * Promise: bounded, whatever was read; a line that was not read has no digest here, by chance or by design.
 */
import { hasFields, isBoolean, isCount, isOptional, isString } from "../../../std/json-shape.js";

/**
 * Digests of lines in the order in which these were read, 8 characters each: 48 bits of a salted SHA-256. With fewer
 * bits a new line would now and then have the digest of one that was read, and without the salt somebody who may write
 * to the log could look for one that has.
 */
export interface LineDigests {
  readonly salt: string;
  /**
   * Of every so many lines before these: each with the number of lines from it to the next, about, in 5 characters of
   * base 36.
   */
  readonly sparse: string;
  /** Of each of the last lines. */
  readonly dense: string;
  /** Whether lines were read before these that have no digest. */
  readonly isCut?: boolean;
  /** The time that the last line states, in ms since the epoch. */
  readonly latestMs?: number;
}

export const digestChars = 8;
const gapChars = 5;
const sparseChars = digestChars + gapChars;
const mostGapLines = 36 ** gapChars - 1;

/** How many of the last lines of a log have a digest each, where there are few logs. */
export const usualDenseLines = 4096;

export const longestSalt = 64;

/** A longer line has no digest. */
export const longestDigestedLine = 64 * 1024;

/** So many sparse lines reach back further than any log. */
export const mostSparseLines = 512;

const isListOf =
  (chars: number, mostLines: number) =>
  (value: unknown): boolean =>
    isString(value) && value.length % chars === 0 && value.length <= mostLines * chars;

export const isLineDigests = hasFields<LineDigests>({
  salt: (value) => isString(value) && value.length <= longestSalt,
  sparse: isListOf(sparseChars, mostSparseLines),
  dense: isListOf(digestChars, usualDenseLines),
  isCut: isOptional(isBoolean),
  latestMs: isOptional(isCount),
});

/** The dense digests one by one, oldest first. */
export function denseDigests(list: string): string[] {
  return piecesOf(list, digestChars);
}

/** One of the sparse digests. */
export interface SparseDigest {
  readonly digest: string;
  /** How many lines there are from it to the next one that has a digest. */
  readonly gapLines: number;
}

/** The sparse digests one by one, oldest first. */
export function sparseDigests(list: string): SparseDigest[] {
  return piecesOf(list, sparseChars).map((piece) => ({
    digest: piece.slice(0, digestChars),
    gapLines: Number.parseInt(piece.slice(digestChars), 36) || 1,
  }));
}

/** The list of sparse digests. */
export function sparseList(digests: readonly SparseDigest[]): string {
  return digests
    .map(
      ({ digest, gapLines }) =>
        digest + Math.min(gapLines, mostGapLines).toString(36).padStart(gapChars, "0"),
    )
    .join("");
}

function piecesOf(list: string, chars: number): string[] {
  return Array.from({ length: list.length / chars }, (_, index) =>
    list.slice(index * chars, (index + 1) * chars),
  );
}
