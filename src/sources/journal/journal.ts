/**
 * The systemd journal as a source, through `journalctl -o export` and without any filter.
 * Promise: entries follow one another from cursor to cursor; where that cannot be shown, a gap is reported.
 */
import type { Notice } from "../../std/notice.js";
import { MissingToolError } from "../bytes/tool.js";
import {
  unknownPosition,
  type LookBack,
  type ResumableReader,
  type Source,
  type SourceContext,
  type SourceSettings,
} from "../source.js";
import { JournalExport } from "./journal-export.js";
import { JournalReader } from "./journal-reader.js";
import { cursorIn, systemJournalName } from "./position.js";

export interface JournalSettings extends SourceSettings {
  readonly kind: "journal";
  /** Extra arguments that choose a journal, such as ["--file", PATH] or ["--directory", PATH]; never filters. */
  readonly journalctlArguments: readonly string[];
}

/** A look back in bytes counts an entry as so many. */
const usualEntryBytes = 256;

/** The source of one journal. */
export function journalSource(settings: JournalSettings, { now, hostname }: SourceContext): Source {
  const journal: Journal = {
    name: systemJournalName,
    now,
    start: (seek) => new JournalExport([...settings.journalctlArguments, ...seek], hostname),
  };
  const { name, start } = journal;
  return {
    kind: "journal",
    name,
    async open(from) {
      if (from === undefined) return firstRun(journal, settings.firstRun, []);
      const cursor = cursorIn(from);
      if (cursor === undefined) return firstRun(journal, { kind: "all" }, [unknownPosition(name)]);
      if (cursor === "") return new JournalReader(start([]), [], "", undefined);
      return resume(journal, cursor, settings.firstRun);
    },
  };
}

interface Journal {
  readonly name: string;
  readonly now: Date;
  /** `seek`: arguments that say where to begin. */
  readonly start: (seek: readonly string[]) => JournalExport;
}

/** Reads on after the entry with the cursor, which the export begins with if the journal still holds it. */
async function resume(journal: Journal, cursor: string, lookBack: LookBack): Promise<ResumableReader> {
  const entries = journal.start([`--cursor=${cursor}`]);
  const first = await entries.next().catch((error: unknown) => {
    if (error instanceof MissingToolError) throw error;
    return undefined;
  });
  if (first?.cursor === cursor) return new JournalReader(entries, [], cursor, undefined);
  const gap = (done: string): Notice => ({
    where: journal.name,
    what: "the entry that was read last is not in it any more",
    done,
    isEvent: true,
  });
  if (first) {
    const done = "reading on from the next entry that is there; entries may be missing before it";
    return new JournalReader(entries, [gap(done)], cursor, first);
  }
  await entries.close();
  return firstRun(journal, lookBack, [gap("reading the look back of a first run again")]);
}

async function firstRun(
  { name, now, start }: Journal,
  lookBack: LookBack,
  before: readonly Notice[],
): Promise<ResumableReader> {
  const { seek, extent } = seekOf(lookBack, now);
  const notices = [...before, { where: name, what: "first run", done: `reading ${extent}` }];
  const entries = start(seek);
  if (lookBack.kind !== "none") return new JournalReader(entries, notices, "", undefined);
  const newest = await entries.next();
  return new JournalReader(entries, notices, newest?.cursor ?? "", undefined);
}

function seekOf(
  lookBack: LookBack,
  now: Date,
): { readonly seek: readonly string[]; readonly extent: string } {
  switch (lookBack.kind) {
    case "all":
      return { seek: [], extent: "all of it" };
    case "none":
      return { seek: ["--lines=1"], extent: "nothing of it" };
    case "bytes": {
      const entryCount = Math.ceil(lookBack.bytes / usualEntryBytes);
      return { seek: [`--lines=${entryCount}`], extent: `its last ${entryCount} entries` };
    }
    case "duration": {
      const since = Math.floor((now.getTime() - lookBack.milliseconds) / 1000);
      return { seek: [`--since=@${since}`], extent: `the last ${lookBack.milliseconds / 3_600_000}h` };
    }
  }
}
