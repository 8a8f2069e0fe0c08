/** The log of auditd as a kind of source. Its files are found, rotated and described as log files are. */
import { basename, resolve } from "node:path";
import { fileKeys, fileSettings, fileSettingsFrom } from "../file/file-kind.js";
import type { FileSettings } from "../file/file-settings.js";
import { describeFilePosition } from "../file/position.js";
import type { SourceKind } from "../source-kind.js";

const usualFile = "/var/log/audit/audit.log";

export const auditKind: SourceKind<FileSettings, typeof fileKeys> = {
  kind: "audit",
  keys: fileKeys,
  settingsFrom: (values) => fileSettingsFrom("audit", values),
  settingsFromArgument(argument, firstRun) {
    if (!/^audit\.log(?:\.\d+)?$/.test(basename(argument))) return undefined;
    return fileSettings("audit", [resolve(argument)], firstRun);
  },
  usualSettings(firstRun, exists) {
    return exists(usualFile) ? fileSettings("audit", [usualFile], firstRun) : undefined;
  },
  async discover(settings, known, context) {
    const [{ discoverLogs }, { logFile }, { lineFraming }, { AuditLines, growth }, { rewrittenSource }] =
      await Promise.all([
        import("../file/discover-logs.js"),
        import("../file/log-file.js"),
        import("../bytes/framing.js"),
        import("./audit-lines.js"),
        import("./rewritten-lines.js"),
      ]);
    const framing = lineFraming(timestampOf);
    return discoverLogs(settings, known, context, (path, log) =>
      rewrittenSource("audit", logFile(path, { ...log, framing }), growth, () => {
        const lines = new AuditLines(context.hostname);
        return (line) => lines.rewrite(line);
      }),
    );
  },
  describe: describeFilePosition,
};

/** How much of a line may come before its time. */
const lookedAtBytes = 384;

function timestampOf(line: Uint8Array): number | undefined {
  const head = Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, lookedAtBytes));
  const [, seconds] = / msg=audit\((\d{1,10})\.\d+:\d+\):/.exec(head.toString("latin1")) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
