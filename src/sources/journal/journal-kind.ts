/** The systemd journal as a kind of source. */
import { usualLookBack } from "../look-back.js";
import type { SourceKind } from "../source-kind.js";
import type { JournalSettings } from "./journal.js";
import { cursorIn } from "./position.js";

const journalKeys = {
  directory: { type: "path" },
  file: { type: "path" },
  first_run: { type: "look back" },
} as const;

const usualJournals = ["/var/log/journal", "/run/log/journal"];

export const journalKind: SourceKind<JournalSettings, typeof journalKeys> = {
  kind: "journal",
  keys: journalKeys,
  settingsFrom({ directory, file, first_run: firstRun = usualLookBack }) {
    const journalctlArguments = [
      ...(directory === undefined ? [] : ["--directory", directory]),
      ...(file === undefined ? [] : ["--file", file]),
    ];
    return { kind: "journal", journalctlArguments, firstRun };
  },
  settingsFromArgument(argument, firstRun) {
    return argument === "journal" ? { kind: "journal", journalctlArguments: [], firstRun } : undefined;
  },
  /** Only where no syslog daemon writes files: they would carry the same events. */
  usualSettings(firstRun, exists, found) {
    if (found.some(({ kind }) => kind === "file") || !usualJournals.some(exists)) return undefined;
    return { kind: "journal", journalctlArguments: [], firstRun };
  },
  async discover(settings, _known, context) {
    const { journalSource } = await import("./journal.js");
    return { sources: [journalSource(settings, context)], notices: [] };
  },
  describe: (position) => (cursorIn(position) === undefined ? undefined : "up to a journal cursor"),
};
