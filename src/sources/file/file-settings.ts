/** Settings of what is read from files. Promise: plain data, the same for every kind that is read from files. */
import type { SourceSettings } from "../source.js";

/** What files are read from, whatever stands in them. */
export interface FileSettings extends SourceSettings {
  /** Absolute paths and globs. */
  readonly paths: readonly string[];
  readonly followLinks: boolean;
  /** Globs of names that its logs are rotated to, besides the usual ones; `%` stands for the log's own name. */
  readonly rotated?: readonly string[];
  /** Paths that count as looked for, though they are not there: the usual logs that this server does not have. */
  readonly alsoRun?: readonly string[];
  /** Whether a glob that matches no file is as it should be: logcheck says nothing of it. */
  readonly mayMatchNothing?: boolean;
}
