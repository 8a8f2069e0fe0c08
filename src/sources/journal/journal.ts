/**
 * The systemd journal as a source, through `journalctl -o export` and without any filter.
 * Promise: in each sequence entries follow one another from number to number; where that cannot be shown, a gap is
 * reported. What journalctl may not read is said.
 */
import type { Notice } from "../../std/notice.js";
import {
  unknownPosition,
  type LookBack,
  type Position,
  type ResumableReader,
  type Source,
  type SourceContext,
  type SourceSettings,
} from "../source.js";
import { firstRunNotice, firstStretches } from "./first-run.js";
import { JournalExport } from "./journal-export.js";
import { listJournal, unreadableIn, type JournalListing } from "./journal-files.js";
import { journalName, type Journal } from "./one-journal.js";
import { JournalReader, type JournalStart } from "./journal-reader.js";
import { resumeCursor, resumeSequences } from "./resume.js";
import { cursorIn, sequencesIn } from "./position.js";
import { wholeStretch } from "./whole-journal.js";

export interface JournalSettings extends SourceSettings {
  readonly kind: "journal";
  /** Extra arguments that choose a journal, such as ["--file", PATH] or ["--directory", PATH]; never filters. */
  readonly journalctlArguments: readonly string[];
}

/** The source of one journal. */
export function journalSource(settings: JournalSettings, { now, hostname }: SourceContext): Source {
  const { journalctlArguments, firstRun } = settings;
  const name = journalName(journalctlArguments);
  const journal: Journal = {
    name,
    now,
    lookBack: firstRun,
    start: (seek) => new JournalExport([...journalctlArguments, ...seek], hostname),
    startFiles: (paths, seek) => new JournalExport([...paths.map(fileArgument), ...seek], hostname),
    list: () => listJournal(journalctlArguments),
  };
  return {
    kind: "journal",
    name,
    async open(from): Promise<ResumableReader> {
      const listing = await usableListing(journal);
      const closed = unreadableBy(journalctlArguments, name);
      const about = listing.complaints.map((what) => ({ where: name, what, done: "the rest is read" }));
      const start = startOf(journal, from, listing, closed !== undefined);
      return new JournalReader({
        ...start,
        notices: [...(closed ? [closed] : []), ...about, ...start.notices],
      });
    },
  };
}

/** The journal's files. Where journalctl lists them and takes none by its name, as a wrapper of it may, there are none. */
async function usableListing(journal: Journal): Promise<JournalListing> {
  const listing = await journal.list();
  const path = listing.sequences[0]?.files[0]?.path;
  if (path === undefined) return listing;
  const { sequences } = await listJournal([fileArgument(path)]);
  return sequences.length > 0 ? listing : { ...listing, sequences: [] };
}

/** What of the journal may not be read. Where a file is named, journalctl says so itself, and fails. */
function unreadableBy(journalctlArguments: readonly string[], name: string): Notice | undefined {
  if (journalctlArguments.includes("--file")) return undefined;
  const place = journalctlArguments.indexOf("--directory");
  return unreadableIn(place === -1 ? undefined : journalctlArguments[place + 1], name);
}

/** journalctl takes a file's name for a pattern. */
function fileArgument(path: string): string {
  return `--file=${path.replace(/[\\*?[\]]/g, "\\$&")}`;
}

function startOf(
  journal: Journal,
  from: Position | undefined,
  listing: JournalListing,
  isPartial: boolean,
): JournalStart {
  const cursor = from && cursorIn(from);
  const isUnknown = from !== undefined && cursor === undefined;
  const lookBack: LookBack = isUnknown ? { kind: "all" } : journal.lookBack;
  const unknown = isUnknown ? [unknownPosition(journal.name)] : [];
  const sequences = from && sequencesIn(from);
  if (listing.sequences.length === 0) {
    // journalctl does not tell of files, or there are none: it is read as one.
    const stretches = [wholeStretch(journal, cursor, lookBack)];
    return { stretches, notices: unknown, cursor: cursor ?? "", ...(sequences && { sequences }) };
  }
  if (cursor === undefined) {
    const notices = [...unknown, firstRunNotice(journal, lookBack)];
    return { ...firstStretches(journal, lookBack, listing), notices, cursor: "" };
  }
  if (sequences !== undefined || cursor === "")
    return resumeSequences(journal, cursor, sequences ?? {}, listing, isPartial);
  return resumeCursor(journal, cursor, listing);
}
