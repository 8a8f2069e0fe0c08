/** Process accounting as a kind of source. Its files are found, rotated and described as log files are. */
import { resolve } from "node:path";
import { fileKeys, fileSettings, fileSettingsFrom, type FileSettings } from "../file/file-kind.js";
import { describeFilePosition } from "../file/position.js";
import type { SourceKind } from "../source-kind.js";

/** Where the kernel is told to write: Debian's place first. */
export const usualAccountingFiles: readonly string[] = ["/var/log/account/pacct", "/var/account/pacct"];

export const accountingKind: SourceKind<FileSettings, typeof fileKeys> = {
  kind: "pacct",
  keys: fileKeys,
  settingsFrom: (values) => fileSettingsFrom("pacct", values),
  settingsFromArgument(argument, firstRun) {
    if (!/(^|\/)pacct$/.test(argument)) return undefined;
    return fileSettings("pacct", [resolve(argument)], firstRun);
  },
  usualSettings(firstRun, exists) {
    const paths = usualAccountingFiles.filter(exists);
    return paths.length > 0 ? fileSettings("pacct", paths, firstRun) : undefined;
  },
  async discover({ paths, firstRun, followLinks }, known, context) {
    const [{ findLogs }, { accountingFile }] = await Promise.all([
      import("../file/find-logs.js"),
      import("./accounting.js"),
    ]);
    const found = findLogs(paths, followLinks, known);
    const settings = { firstRun, followLinks, context };
    return { sources: found.paths.map((path) => accountingFile(path, settings)), notices: found.notices };
  },
  describe: describeFilePosition,
};
