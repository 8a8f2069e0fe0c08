/**
 * How far one of the files that a log consists of was read.
 * Promise: plain data, so that it can be stored; the content says which file it is, under whatever name.
 */

/** Some bytes of a file by their length and content, to know it again under another name. */
export interface Fingerprint {
  readonly lengthBytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** How far one file was read. Its content says which file it is; inode and birth time only break ties. */
export interface Segment {
  readonly device: number;
  readonly inode: number;
  readonly birthtimeMs: number;
  /** Always 0 or just after a newline (after a whole record in process accounting). In the plain content. */
  readonly offsetBytes: number;
  /** The file's first bytes, 1,024 at most. */
  readonly head: Fingerprint;
  /** The bytes just before the offset, 1,024 at most. */
  readonly tail: Fingerprint;
  /** When a last line without its newline was first seen, ISO 8601. */
  readonly unfinishedSince?: string;
  /** When the file was last written to, ISO 8601, if it was read to its end. */
  readonly writtenAt?: string;
  /** When the file was last changed in any way, in ms since the epoch, if it was read to its end as it was then. */
  readonly settledMs?: number;
  /** When the file was first seen under another name than its own, ISO 8601. */
  readonly rotatedSince?: string;
  /**
   * How many bytes after the offset were passed without a newline: NUL bytes, or a line whose beginning was given as it
   * stands. Reading goes on after them.
   */
  readonly passedBytes?: number;
  /** Whether what was passed is of a line that was given. */
  readonly isLineGiven?: boolean;
  /** Up to where the file may hold lines that were read before it took another's place: those are looked for again. */
  readonly knownUntilBytes?: number;
  /** How many bytes of the unfinished last line were given already, with a notice that it was unfinished. */
  readonly flushedBytes?: number;
}

/** What counts as the offset of an archive that was there before the first run: nobody measured its content. */
export const wholeArchive = Number.MAX_SAFE_INTEGER;
