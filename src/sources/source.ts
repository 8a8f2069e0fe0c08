/**
 * The contract that every source keeps: whole lines in, in their order, and a position behind the last one.
 * Promise: reading on from a position neither skips a line nor gives one again.
 */
import type { Notice } from "../std/notice.js";

/** Some bytes of a file by their length and content, to know it again under another name. */
export interface Mark {
  readonly lengthBytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** How far one file was read. Its content says which file it is; inode and birth time only break ties. */
export interface Generation {
  readonly device: number;
  readonly inode: number;
  readonly birthtimeMs: number;
  /** Always 0 or just behind a newline (behind a whole record in process accounting). In the plain content. */
  readonly offsetBytes: number;
  /** The file's first bytes, 1,024 at most. */
  readonly head: Mark;
  /** The bytes just before the offset, 1,024 at most. */
  readonly tail: Mark;
  /** When a last line without its newline was first seen, ISO 8601. */
  readonly unfinishedSince?: string;
  /** When the file was first seen under another name than its own, ISO 8601. */
  readonly rotatedSince?: string;
  /** How many bytes of the unfinished last line were given already, marked as unfinished. */
  readonly flushedBytes?: number;
}

/** How far a source was read. Opaque outside its source, plain JSON for the state file. */
export type Position =
  | { readonly kind: "offset"; readonly generations: readonly Generation[] }
  | { readonly kind: "cursor"; readonly cursor: string };

/** How far back the first run on a source looks. */
export type LookBack =
  | { readonly kind: "duration"; readonly milliseconds: number }
  | { readonly kind: "bytes"; readonly bytes: number }
  | { readonly kind: "all" }
  | { readonly kind: "none" };

/** What one `read` gave. */
export type Chunk =
  /** Whole lines in the first `lengthBytes` of the buffer, each with its newline, but for a flushed unfinished one. */
  | { readonly kind: "lines"; readonly lengthBytes: number }
  /** One line that did not fit, in memory of its own. `trueLengthBytes` is more than its length when it was cut. */
  | { readonly kind: "long line"; readonly bytes: Uint8Array; readonly trueLengthBytes: number }
  | { readonly kind: "end" };

export interface Reader {
  /** Fills `into` from its start. May give fewer lines than fit. Throws on input errors; the position then stays true. */
  read(into: Uint8Array): Promise<Chunk>;
  /** Behind everything that `read` has given so far. */
  position(): Position;
  /** What was noticed since the reader was opened, in order. */
  notices(): readonly Notice[];
  close(): Promise<void>;
}

/** The name of the journal among the sources; all others are paths. */
export const journalName = "journal";

export interface Source {
  /** As the ledger, the report and the state file call it: a path, or "journal". */
  readonly name: string;
  /** Opens where `from` left off, or for the first time. Throws when it cannot be read: the message says why. */
  open(from: Position | undefined): Promise<Reader>;
}

/** One `[[source]]` of the configuration. */
export type SourceSettings =
  | {
      readonly kind: "file";
      readonly paths: readonly string[];
      readonly firstRun: LookBack;
      readonly followLinks: boolean;
    }
  | {
      readonly kind: "pacct";
      readonly paths: readonly string[];
      readonly firstRun: LookBack;
      readonly followLinks: boolean;
    }
  | {
      readonly kind: "journal";
      /** Extra arguments that choose a journal, such as ["--file", PATH] or ["--directory", PATH]; never filters. */
      readonly journalctlArguments: readonly string[];
      readonly firstRun: LookBack;
    };

/** What sources need of the world. */
export interface SourceContext {
  readonly now: Date;
  /** The host name that lines made from records carry. */
  readonly hostname: string;
  /** The time that a line's header states, in ms since the epoch, if it states one. */
  readonly timestampOf: (line: Uint8Array) => number | undefined;
}

/** What the settings came to: a source for each log that exists or has a position, and what is wrong with the rest. */
export interface Discovery {
  readonly sources: readonly Source[];
  readonly notices: readonly Notice[];
}

/**
 * Finds the sources of the settings, in their order, each name once.
 * `known` holds the names that the state file has positions for: a log that is gone may live on under a rotated name.
 */
export type DiscoverSources = (
  settings: readonly SourceSettings[],
  known: ReadonlySet<string>,
  context: SourceContext,
) => Promise<Discovery>;
