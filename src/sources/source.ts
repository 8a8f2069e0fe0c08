/**
 * The contract that every source keeps: whole lines, in their order, and a position after the last one.
 * Promise: reading on from a position neither skips a line nor gives one again.
 */
import type { Chunk } from "../std/chunk.js";
import type { Notice } from "../std/notice.js";
import type { Surroundings } from "./rotation/surroundings.js";

/**
 * How far a source was read: plain JSON, for the state file. Opaque outside the source's own kind, which tells by
 * `kind` whether it can read it, and describes it for people.
 */
export interface Position {
  readonly kind: string;
}

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
  /** How many bytes are left to be read, as far as that is known. */
  unreadBytes?(): number;
}

/** One log, or whatever else gives lines. */
export interface Source {
  /** What it is: the name of a `SourceKind`. */
  readonly kind: string;
  /** As the ledger, the report and the state file call it. No two sources of a run have one name. */
  readonly name: string;
  /**
   * Opens where `from` left off, or for the first time. A position that its kind cannot understand counts as lost:
   * a notice says so, and all there is is read. Throws when the source cannot be read: the message says why.
   */
  open(from: Position | undefined): Promise<ResumableReader>;
}

/** One `[[source]]` of the configuration. Each kind has more to say; this much is true of all. */
export interface SourceSettings {
  readonly kind: string;
  readonly firstRun: LookBack;
  /** Why it is read, where nobody asked for it. */
  readonly reason?: Notice;
}

/** What sources need of the world. */
export interface SourceContext {
  readonly now: Date;
  /** The host name that lines made from records carry. */
  readonly hostname: string;
  /** The time that a line's header states, in ms since the epoch, if it states one. */
  readonly timestampOf: (line: Uint8Array) => number | undefined;
  /** Whether lines of log files are read in whatever form they are. Left out: they are read as they are. */
  readonly readsForms?: boolean;
  /** What earlier runs left. Left out: nothing is known of any, or it is another program's. */
  readonly earlier?: EarlierRuns;
  /** What is known of the files around logs; `discoverSources` makes it. */
  readonly surroundings?: Surroundings;
}

/** What a run knows of those before it. */
export interface EarlierRuns {
  readonly positions: Readonly<Record<string, Position>>;
  /** When each path or glob was first run to its end, ISO 8601, by `settingKey`. */
  readonly settings: Readonly<Record<string, string>>;
  /** The sources that the last run could not read to their ends. */
  readonly failedSources: readonly string[];
  /** When the last run ended well, ISO 8601. */
  readonly lastSuccess?: string;
}

/** What the settings came to: a source for each log that exists or has a position, and what is wrong with the rest. */
export interface Discovery {
  readonly sources: readonly Source[];
  readonly notices: readonly Notice[];
  /** The keys of the paths and globs that were looked for: once the run ends well, they count as run. */
  readonly settings?: readonly string[];
}

/** What is said of a position that the source's kind cannot understand. `where`: the source's name. */
export function unknownPosition(where: string): Notice {
  return {
    where,
    what: "its stored position cannot be understood",
    done: "reading all of it, lines may be reported again",
  };
}
