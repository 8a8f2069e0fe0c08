/**
 * A running `journalctl -o export`, without any filter, and the entries that it gives.
 * Promise: whoever reads to its end learns whether it failed.
 */
import { pipeline } from "node:stream";
import { linesOf } from "../bytes/lines.js";
import { MissingToolError, startTool, type RunningTool } from "../bytes/tool.js";
import { CondensedExport, usualEntryBudget } from "./condensed-export.js";
import { entriesOf, type JournalEntry } from "./journal-entry.js";

/** No line of a condensed export is longer. */
const longestLineBytes = usualEntryBudget.bytes + 1024;

export class JournalExport {
  private readonly journalctl: RunningTool;
  private readonly entries: AsyncIterator<JournalEntry>;

  /** In: arguments that choose a journal and where to begin. `hostname` is for entries that name no host. */
  constructor(journalctlArguments: readonly string[], hostname: string) {
    this.journalctl = startTool({
      command: "journalctl",
      arguments: ["--output=export", "--quiet", ...journalctlArguments],
      package: "systemd",
    });
    const condensed = pipeline(this.journalctl.output, new CondensedExport(), () => {
      // The error, if any, comes out where the lines are read.
    });
    this.entries = entriesOf(linesOf(condensed, longestLineBytes), hostname);
  }

  /** The next entry, or undefined after the last one. Throws when journalctl fails, or is not installed. */
  async next(): Promise<JournalEntry | undefined> {
    const next = await this.entries.next();
    if (next.done !== true) return next.value;
    const failure = await this.journalctl.ended;
    if (failure === undefined) return undefined;
    if (failure instanceof MissingToolError) throw failure;
    throw new Error(`journalctl failed: ${failure.message}`, { cause: failure });
  }

  close(): Promise<void> {
    return this.journalctl.close();
  }
}
