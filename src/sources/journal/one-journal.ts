/**
 * One of the journals that are read: its name, and how it is asked.
 * Promise: no two journals have one name.
 */
import type { LookBack } from "../source.js";
import type { JournalExport } from "./journal-export.js";
import type { JournalListing } from "./journal-files.js";
import { systemJournalName } from "./position.js";

/** What all that reads one journal needs to know. */
export interface Journal {
  readonly name: string;
  readonly now: Date;
  readonly lookBack: LookBack;
  /** `seek`: arguments of journalctl that say where to begin. */
  readonly start: (seek: readonly string[]) => JournalExport;
  /** The same of some of its files. */
  readonly startFiles: (paths: readonly string[], seek: readonly string[]) => JournalExport;
  readonly list: () => Promise<JournalListing>;
}

/** "journal" is the system's; any other has its path in its name, as in "journal:/srv/logs". */
export function journalName(journalctlArguments: readonly string[]): string {
  return [systemJournalName, ...journalctlArguments.filter((word) => !word.startsWith("--"))].join(":");
}
