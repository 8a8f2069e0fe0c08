/**
 * The contract that every source keeps: whole lines in, in their order, and a position after the last one.
 * Promise: reading on from a position neither skips a line nor gives one again.
 */
import type { Chunk } from "../std/chunk.js";
import type { Notice } from "../std/notice.js";

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
  /** When the file was first seen under another name than its own, ISO 8601. */
  readonly rotatedSince?: string;
  /** How many bytes of the unfinished last line were given already, fingerprinted as unfinished. */
  readonly flushedBytes?: number;
}

/** How far a source was read. Opaque outside its source, plain JSON for the state file. */
export type Position =
  | { readonly kind: "offset"; readonly segments: readonly Segment[] }
  | { readonly kind: "cursor"; readonly cursor: string };

/** How far back the first run on a source looks. */
export type LookBack =
  | { readonly kind: "duration"; readonly milliseconds: number }
  | { readonly kind: "bytes"; readonly bytes: number }
  | { readonly kind: "all" }
  | { readonly kind: "none" };

/** Gives lines, in their order. */
export interface LineReader {
  /** Fills `into` from its start. May give fewer lines than fit. Throws on input errors. */
  read(into: Uint8Array): Promise<Chunk>;
  /** What was noticed since the reader was opened, in order. */
  notices(): readonly Notice[];
  close(): Promise<void>;
}

/** A reader that can be left at any time and resumed by another. */
export interface ResumableReader extends LineReader {
  /** After everything that `read` has given so far; it stays true when `read` throws. */
  position(): Position;
}

/** The name of the journal among the sources; all others are paths. */
export const journalName = "journal";

export interface Source {
  /** Such as "file" or "journal". */
  readonly kind: string;
  /** As the ledger, the report and the state file call it: a path, or "journal". */
  readonly name: string;
  /** Opens where `from` left off, or for the first time. Throws when it cannot be read: the message says why. */
  open(from: Position | undefined): Promise<ResumableReader>;
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
