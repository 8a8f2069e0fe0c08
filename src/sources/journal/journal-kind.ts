/** The systemd journal as a kind of source. */
import { resolve } from "node:path";
import { usualLookBack } from "../look-back.js";
import type { SourceKind } from "../source-kind.js";
import type { JournalSettings } from "./journal.js";
import { cursorIn, systemJournalName } from "./position.js";

const journalKeys = {
  directory: { type: "path" },
  file: { type: "path" },
  first_run: { type: "look back" },
} as const;

/** As in "journal:/var/log/journal/remote", the name of any journal but the system's. */
const namePrefix = `${systemJournalName}:`;

export const usualJournals: readonly string[] = ["/var/log/journal", "/run/log/journal"];

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
    if (argument === systemJournalName) return { kind: "journal", journalctlArguments: [], firstRun };
    const path = argument.startsWith(namePrefix) ? argument.slice(namePrefix.length) : "";
    if (path === "") return undefined;
    const option = /\.journal~?$/.test(path) ? "--file" : "--directory";
    return { kind: "journal", journalctlArguments: [option, resolve(path)], firstRun };
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
