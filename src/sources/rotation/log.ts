/** What a search for a log is told. Promise: plain settings; what is found out stands elsewhere. */
import type { Framing } from "../bytes/framing.js";
import type { Surroundings } from "./surroundings.js";

export interface Log {
  readonly path: string;
  readonly followLinks: boolean;
  readonly framing: Framing;
  readonly now: Date;
  /** Whether a glob names it, so that nobody counts on this one log. */
  readonly isGlobbed?: boolean;
  /** What is known of everything else. Left out: nothing. */
  readonly surroundings?: Surroundings;
  /** Names that this log is rotated to, besides the usual ones: both without their directories. */
  readonly isRotatedName?: (name: string, base: string) => boolean;
}
