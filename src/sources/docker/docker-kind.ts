/** The logs of Docker's containers as a kind of source. Their files are found, rotated and described as log files are. */
import { resolve } from "node:path";
import { fileKeys, fileSettings, fileSettingsFrom } from "../file/file-kind.js";
import type { FileSettings } from "../file/file-settings.js";
import { describeFilePosition } from "../file/position.js";
import type { SourceKind } from "../source-kind.js";

const kind = "docker";
const usualLogs = ["/var/lib/docker/containers/*/*-json.log"];

const dockerKeys = { ...fileKeys, path: { type: "paths" } } as const;

export const dockerKind: SourceKind<FileSettings, typeof dockerKeys> = {
  kind,
  keys: dockerKeys,
  // A host may have no container: nothing is wrong with that.
  settingsFrom: ({ path, ...values }) => ({
    ...fileSettingsFrom(kind, { ...values, path: path ?? usualLogs }),
    ...(path === undefined && { mayMatchNothing: true }),
  }),
  settingsFromArgument(argument, firstRun) {
    if (argument === kind) return { ...fileSettings(kind, usualLogs, firstRun), mayMatchNothing: true };
    return argument.endsWith("-json.log") ? fileSettings(kind, [resolve(argument)], firstRun) : undefined;
  },
  usualSettings: () => undefined,
  async discover(settings, known, context) {
    const [{ discoverLogs }, { logFile }, { lineFraming }, { containerNameOf, timestampOfRecord }, forms] =
      await Promise.all([
        import("../file/discover-logs.js"),
        import("../file/log-file.js"),
        import("../bytes/framing.js"),
        import("./container-log.js"),
        Promise.all([
          import("../forms/container-lines.js"),
          import("../forms/with-readings.js"),
          import("../../entry/forms/container-record.js"),
        ]),
      ]);
    const [{ ContainerLines }, { withReadings }, { readDockerRecord }] = forms;
    const framing = lineFraming(timestampOfRecord);
    return discoverLogs(settings, known, context, (path, log) => {
      const source = logFile(path, { ...log, framing });
      return {
        kind,
        name: path,
        open: async (from) =>
          withReadings(
            await source.open(from),
            new ContainerLines({
              // A host may have a name that no header can.
              hostname: /^[-._A-Za-z0-9]+$/.test(context.hostname) ? context.hostname : "-",
              appName: containerNameOf(path),
              recordOf: readDockerRecord,
            }),
          ),
      };
    });
  },
  describe: describeFilePosition,
};
