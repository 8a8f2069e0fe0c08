/** Log files as a kind of source. */
import { resolve } from "node:path";
import { usualLookBack } from "../look-back.js";
import type { LookBack } from "../source.js";
import type { SourceKind, ValuesOf } from "../source-kind.js";
import type { FileSettings } from "./file-settings.js";
import { describeFilePosition } from "./position.js";

export const fileKeys = {
  path: { type: "paths", isRequired: true },
  first_run: { type: "look back" },
  follow_links: { type: "boolean" },
  rotated: { type: "names" },
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
  const { path, first_run = usualLookBack, follow_links = false, rotated } = values;
  const settings = { kind, paths: path, firstRun: first_run, followLinks: follow_links };
  return rotated === undefined ? settings : { ...settings, rotated };
}

export const fileKind: SourceKind<FileSettings, typeof fileKeys> = {
  kind: "file",
  keys: fileKeys,
  settingsFrom: (values) => fileSettingsFrom("file", values),
  settingsFromArgument: (argument, firstRun) => fileSettings("file", [resolve(argument)], firstRun),
  usualSettings(firstRun, exists) {
    const paths = usualFiles.filter(exists);
    if (paths.length === 0) return undefined;
    return { ...fileSettings("file", paths, firstRun), alsoRun: usualFiles };
  },
  async discover(settings, known, context) {
    const [{ discoverLogs }, { logFile }, { lineFraming }] = await Promise.all([
      import("./discover-logs.js"),
      import("./log-file.js"),
      import("../bytes/framing.js"),
    ]);
    const framing = lineFraming(context.timestampOf);
    const { inItsForm } = await import("../forms/source-forms.js");
    return discoverLogs(settings, known, context, (path, log) => {
      const source = logFile(path, { ...log, framing });
      return context.readsForms === true ? inItsForm(source, context.hostname) : source;
    });
  },
  describe: describeFilePosition,
};
