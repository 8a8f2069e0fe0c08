/** What is remembered from run to run: one JSON file for all sources. */
import type { Position } from "../sources/source.js";

/** Which file holds what is remembered under a name. */
export interface RememberedFile {
  readonly commitNumber: number;
  readonly sha256: string;
}

export interface State {
  /** Counts commits, from 0 for a state that was never stored. */
  readonly commitNumber: number;
  /** Random, made once: keeps the Message-IDs of two hosts apart. */
  readonly hostId: string;
  readonly positions: Readonly<Record<string, Position>>;
  /** When the last run ended well, ISO 8601. */
  readonly lastSuccess?: string;
  /** When a report last went that was the digest, or went in its place, ISO 8601. Left out: none did. */
  readonly lastDigest?: string;
  /** The sources that the last run could not read to their ends. Left out: none. */
  readonly failedSources?: readonly string[];
  /** When each path or glob that is looked for was first run to its end, ISO 8601. Left out: not known of any. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether an unfinished report is stored: a run that stops between two commits leaves its groups for the next, and what waits for the digest is one. */
  readonly hasOpenReport: boolean;
  /** By name, such as "first-seen". Left out: nothing is remembered. */
  readonly memory?: Readonly<Record<string, RememberedFile>>;
  /** When each notice was last told, ISO 8601, by its text: the same notice is told once a day. */
  readonly toldNotices: Readonly<Record<string, string>>;
}
