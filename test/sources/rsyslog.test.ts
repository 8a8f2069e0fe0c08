/** A real rsyslog writes the log, in both of its formats, and is rotated as Debian does it. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { needsTool } from "../support/tools.js";
import { until } from "../support/until.js";
import { run, temporaryDirectory, wholeLog } from "./reading.js";

describe("a log that rsyslog writes", () => {
  const root = temporaryDirectory();
  let daemon: ChildProcess | undefined;
  before(function () {
    needsTool(this, "rsyslogd", "logger");
  });
  afterEach(async () => {
    if (!daemon) return;
    const stopped = new Promise((resolve) => daemon?.once("close", resolve));
    daemon.kill();
    await stopped;
    daemon = undefined;
  });

  for (const [template, header] of [
    ["RSYSLOG_FileFormat", /^\d{4}-\d\d-\d\dT[\d:.+-]+ \S+ app\[\d+\]: message \d+$/],
    ["RSYSLOG_TraditionalFileFormat", /^\w{3} [ \d]\d \d\d:\d\d:\d\d \S+ app\[\d+\]: message \d+$/],
  ] as const)
    it(`with ${template} is read across its rotation, late lines and all`, async function () {
      this.timeout(30_000);
      const directory = mkdtempSync(join(root, "case-"));
      const [path, socket] = [join(directory, "app.log"), join(directory, "s")];
      const configuration = join(directory, "rsyslog.conf");
      writeFileSync(
        configuration,
        [
          'module(load="imuxsock" SysSock.Use="off")',
          `input(type="imuxsock" Socket="${socket}")`,
          `*.* action(type="omfile" file="${path}" template="${template}")`,
        ].join("\n"),
      );
      daemon = spawn("rsyslogd", ["-n", "-f", configuration, "-i", join(directory, "pid")], {
        stdio: "ignore",
      });
      await until("rsyslogd listens", () => existsSync(socket));
      let count = 0;
      const log = async (lines: number, file: string) => {
        for (let line = 0; line < lines; line++)
          execFileSync("logger", ["-u", socket, "-t", "app", "-i", `message ${++count}`]);
        await until(
          "the lines are written",
          () => existsSync(file) && readFileSync(file, "utf8").includes(`message ${count}\n`),
        );
      };
      const given: string[] = [];
      await log(3, path);
      const first = await run(wholeLog(path));
      await log(2, path);
      renameSync(path, `${path}.1`);
      // rsyslog has not been told of it yet.
      await log(2, `${path}.1`);
      const second = await run(wholeLog(path), first.position);
      daemon.kill("SIGHUP");
      await until("there is a new log", () => {
        execFileSync("logger", ["-u", socket, "-t", "app", "-i", `message ${++count}`]);
        return existsSync(path);
      });
      await log(2, path);
      const third = await run(wholeLog(path), second.position);
      given.push(...first.lines, ...second.lines, ...third.lines);
      expect(
        given
          .filter((line) => line.includes(" message "))
          .map((line) => Number(/message (\d+)/.exec(line)?.[1])),
      ).to.deep.equal(Array.from({ length: count }, (_, index) => index + 1));
      for (const line of given.filter((one) => one.includes(" message ")))
        expect(line.trimEnd()).to.match(header);
    });
});
