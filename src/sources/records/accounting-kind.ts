/** Process accounting as a kind of source. Its files are found, rotated and described as log files are. */
import { resolve } from "node:path";
import { fileKeys, fileSettings, fileSettingsFrom } from "../file/file-kind.js";
import type { FileSettings } from "../file/file-settings.js";
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
  async discover(settings, known, context) {
    const [{ discoverLogs }, { accountingFile }] = await Promise.all([
      import("../file/discover-logs.js"),
      import("./accounting.js"),
    ]);
    return discoverLogs(settings, known, context, (path, common) =>
      accountingFile(path, { ...common, context }),
    );
  },
  describe: describeFilePosition,
};
