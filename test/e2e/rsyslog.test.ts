/** The hourly job after a real rsyslogd: what logger says is reported, once, across a rotation as logrotate does it. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { expect } from "chai";
import { needsTool } from "../support/tools.js";
import { until } from "../support/until.js";
import { HourlyJob, said, silence } from "./hourly.js";

/** Debian 12 writes ISO time stamps, those before it and many admins the traditional ones. */
const templates = { traditional: "RSYSLOG_TraditionalFileFormat", iso: "RSYSLOG_FileFormat" } as const;

for (const [form, template] of Object.entries(templates))
  describe(`the hourly job after rsyslog (${form} time stamps)`, () => {
    let job: HourlyJob;
    let daemon: ChildProcess | undefined;
    let socket: string;

    beforeEach(async function () {
      needsTool(this, "rsyslogd", "logger");
      job = new HourlyJob("");
      socket = job.box.path("socket");
      const settings = job.box.write(
        "rsyslog.conf",
        `global(workDirectory="${job.box.directory}")\n` +
          `module(load="imuxsock" SysSock.Use="off")\n` +
          `input(type="imuxsock" Socket="${socket}")\n` +
          `action(type="omfile" file="${job.log}" template="${template}")\n`,
      );
      const path = `${process.env.PATH ?? ""}:/usr/sbin:/sbin`;
      daemon = spawn("rsyslogd", ["-n", "-f", settings, "-i", job.box.path("pid")], {
        env: { PATH: path, TZ: "UTC" },
        stdio: "ignore",
      });
      await until("rsyslogd listens", () => existsSync(socket));
    });
    afterEach(() => {
      daemon?.kill("SIGKILL");
      job?.remove();
    });

    /** Says it as an application does, and waits until it is in the log. */
    async function log(message: string): Promise<void> {
      const { status } = spawnSync("logger", ["-u", socket, "-t", "app", "--", message]);
      expect(status).to.equal(0);
      const isWritten = (path: string): boolean =>
        existsSync(path) && readFileSync(path, "utf8").includes(`app: ${message}\n`);
      await until(`"${message}" is in the log`, () => isWritten(job.log) || isWritten(`${job.log}.1`));
    }
    /** What the next run reports of the messages "odd …", in its order. */
    async function reported(): Promise<string[]> {
      const { status, stdout, stderr } = await job.run();
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
      return [...stdout.matchAll(/app: (odd \w+)$/gm)].map(([, message]) => message ?? "");
    }

    it("writes time stamps as the template says", async () => {
      await log("odd one");
      const expected =
        form === "iso" ? /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00 / : /^[A-Z]\w\w [ \d]\d /;
      expect(readFileSync(job.log, "utf8")).to.match(expected);
    });

    it("reports what is not routine, then only what is new, then nothing", async () => {
      await log("odd one");
      await log("all is well");
      expect(await reported()).to.deep.equal(["odd one"]);
      await log("all is well");
      await log("odd two");
      expect(await reported()).to.deep.equal(["odd two"]);
      expect(said(await job.run())).to.deep.equal(silence);
    });

    it("misses nothing of what is written late to the log that was rotated, before the daemon was told", async () => {
      await log("odd one");
      expect(await reported()).to.deep.equal(["odd one"]);
      await log("odd before");
      renameSync(job.log, `${job.log}.1`);
      await log("odd late");
      expect(existsSync(job.log)).to.equal(false);
      daemon?.kill("SIGHUP");
      await until("rsyslogd has opened its new log", () => {
        spawnSync("logger", ["-u", socket, "-t", "app", "--", "all is well"]);
        return existsSync(job.log);
      });
      await log("odd fresh");
      expect(await reported()).to.deep.equal(["odd before", "odd late", "odd fresh"]);
      expect(said(await job.run())).to.deep.equal(silence);
    });
  });
