/** Files of logins, wtmp and btmp, as a kind of source. They are found, rotated and described as log files are. */
import { basename, resolve } from "node:path";
import { fileKeys, fileSettings, fileSettingsFrom } from "../file/file-kind.js";
import type { FileSettings } from "../file/file-settings.js";
import { describeFilePosition } from "../file/position.js";
import type { SourceKind } from "../source-kind.js";

interface UtmpKindSettings extends FileSettings {
  readonly showsUnknownUsers: boolean;
}

const utmpKeys = { ...fileKeys, show_unknown_users: { type: "boolean" } } as const;

/** btmp is not among them: other logs tell of the same failures, and a password typed as a name may stand in it. */
const usualFile = "/var/log/wtmp";

export const utmpKind: SourceKind<UtmpKindSettings, typeof utmpKeys> = {
  kind: "wtmp",
  keys: utmpKeys,
  settingsFrom({ show_unknown_users: showsUnknownUsers = false, ...values }) {
    return { ...fileSettingsFrom("wtmp", values), showsUnknownUsers };
  },
  settingsFromArgument(argument, firstRun) {
    if (!/^[bw]tmp(?:[-.]\d+)?$/.test(basename(argument))) return undefined;
    return { ...fileSettings("wtmp", [resolve(argument)], firstRun), showsUnknownUsers: false };
  },
  usualSettings(firstRun, exists) {
    if (!exists(usualFile)) return undefined;
    return { ...fileSettings("wtmp", [usualFile], firstRun), showsUnknownUsers: false };
  },
  async discover(settings, known, context) {
    const [{ discoverLogs }, { failingSource }, { utmpFile }] = await Promise.all([
      import("../file/discover-logs.js"),
      import("../file/failing-source.js"),
      import("./utmp.js"),
    ]);
    const { showsUnknownUsers } = settings;
    return discoverLogs(settings, known, context, (path, common) =>
      basename(path).startsWith("utmp")
        ? failingSource("wtmp", path, "is rewritten in place, and is no log: read wtmp instead")
        : utmpFile(path, { ...common, context, showsUnknownUsers }),
    );
  },
  describe: describeFilePosition,
};
