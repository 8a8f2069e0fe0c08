/** Log files as a kind of source. */
import { resolve } from "node:path";
import { usualLookBack } from "../look-back.js";
import type { LookBack, SourceSettings } from "../source.js";
import type { SourceKind, ValuesOf } from "../source-kind.js";
import { describeFilePosition } from "./position.js";

/** What files are read from, whatever stands in them. */
export interface FileSettings extends SourceSettings {
  /** Absolute paths and globs. */
  readonly paths: readonly string[];
  readonly followLinks: boolean;
}

export const fileKeys = {
  path: { type: "paths", isRequired: true },
  first_run: { type: "look back" },
  follow_links: { type: "boolean" },
} as const;

/** Debian's rsyslog writes all but auth to syslog; other systems name these files differently. */
const usualFiles = [
  "/var/log/syslog",
  "/var/log/auth.log",
  "/var/log/messages",
  "/var/log/secure",
  "/var/log/maillog",
];

/** Of files that are read under their own names alone. */
export function fileSettings(kind: string, paths: readonly string[], firstRun: LookBack): FileSettings {
  return { kind, paths, firstRun, followLinks: false };
}

/** Of a table that was checked against the keys. */
export function fileSettingsFrom(kind: string, values: ValuesOf<typeof fileKeys>): FileSettings {
  const { path, first_run = usualLookBack, follow_links = false } = values;
  return { kind, paths: path, firstRun: first_run, followLinks: follow_links };
}

export const fileKind: SourceKind<FileSettings, typeof fileKeys> = {
  kind: "file",
  keys: fileKeys,
  settingsFrom: (values) => fileSettingsFrom("file", values),
  settingsFromArgument: (argument, firstRun) => fileSettings("file", [resolve(argument)], firstRun),
  usualSettings(firstRun, exists) {
    const paths = usualFiles.filter(exists);
    return paths.length > 0 ? fileSettings("file", paths, firstRun) : undefined;
  },
  async discover({ paths, firstRun, followLinks }, known, { now, timestampOf }) {
    const [{ findLogs }, { logFile }, { lineFraming }] = await Promise.all([
      import("./find-logs.js"),
      import("./log-file.js"),
      import("../bytes/framing.js"),
    ]);
    const found = findLogs(paths, followLinks, known);
    const settings = { firstRun, followLinks, now, framing: lineFraming(timestampOf) };
    return { sources: found.paths.map((path) => logFile(path, settings)), notices: found.notices };
  },
  describe: describeFilePosition,
};
