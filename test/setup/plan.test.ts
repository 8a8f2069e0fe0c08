/** What setup changes on a system: shown before, made whole, nothing left to do afterwards, and given back. */
import { expect } from "chai";
import { chmodSync, existsSync, readFileSync, statSync } from "node:fs";
import type { Change } from "../../src/setup/change.js";
import { Host } from "../../src/setup/host.js";
import { removalPlan, setupPlan, type Answers } from "../../src/setup/plan.js";
import { logcheckSettings } from "../../src/setup/logcheck-settings.js";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";

const configFile = "/etc/logwinnow/logwinnow.toml";

describe("the plan of setup", () => {
  let box: Sandbox;
  let host: Host;
  before(function () {
    needsTool(this, "systemd-sysusers", "systemd-tmpfiles");
    if (process.geteuid?.() !== 0) this.skip();
  });
  beforeEach(() => {
    box = new Sandbox();
    host = new Host(box.directory);
    box.write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
    box.write("etc/group", "root:x:0:\n");
  });
  afterEach(() => box.remove());

  const answers: Answers = {
    to: ["ops@example.org"],
    transport: "smtp://127.0.0.1:25",
    level: "server",
    digest: "daily 07:00",
  };
  const titles = (changes: readonly Change[]): string[] => changes.map(({ title }) => title);
  const makeAll = (changes: readonly Change[]): void => {
    for (const change of changes) change.make();
  };
  const text = (path: string): string => readFileSync(box.path(path), "utf8");

  it("makes the job's user, its directories, cron's entry and the configuration; then nothing is left", () => {
    const plan = setupPlan(host, configFile, answers);
    expect(titles(plan)).to.deep.equal([
      "/etc/logwinnow/logwinnow.toml: the configuration",
      "/etc/sysusers.d/logwinnow.conf: the user of the job",
      "/etc/tmpfiles.d/logwinnow.conf: its directories",
      "/etc/cron.d/logwinnow: starts the job every hour",
    ]);
    expect(existsSync(box.path("etc/logwinnow"))).to.equal(false);
    makeAll(plan);
    expect(text("etc/passwd")).to.match(/^logwinnow:/m);
    expect(text("etc/group")).to.match(/^adm:.*logwinnow/m);
    expect(statSync(box.path("var/lib/logwinnow")).mode & 0o777).to.equal(0o700);
    expect(setupPlan(host, configFile, answers)).to.deep.equal([]);
  });

  it("starts the job by systemd's units where systemd runs, and by cron no more", () => {
    box.write("run/systemd/system/.keep", "");
    const plan = titles(setupPlan(host, configFile, answers));
    expect(plan).to.include("/etc/systemd/system/logwinnow.timer: starts it every hour");
    expect(plan).to.not.include("/etc/cron.d/logwinnow: starts the job every hour");
    makeAll(setupPlan(host, configFile, answers));
    expect(statSync(box.path("usr/libexec/logwinnow/mail-failure")).mode & 0o777).to.equal(0o755);
    expect(existsSync(box.path("etc/systemd/system/logwinnow-failure.service"))).to.equal(true);
  });

  it("leaves what a Debian package has put in place", () => {
    for (const path of [
      "usr/lib/sysusers.d/logwinnow.conf",
      "usr/lib/tmpfiles.d/logwinnow.conf",
      "usr/lib/systemd/system/logwinnow.service",
      "usr/lib/systemd/system/logwinnow.timer",
      "usr/lib/systemd/system/logwinnow-failure.service",
      "usr/libexec/logwinnow/mail-failure",
      "run/systemd/system/.keep",
    ])
      box.write(path, "");
    expect(titles(setupPlan(host, configFile, answers))).to.deep.equal([
      "/etc/logwinnow/logwinnow.toml: the configuration",
    ]);
  });

  it("shows the lines of the configuration that change, and keeps the others, its mode too", () => {
    box.write(
      "etc/logwinnow/logwinnow.toml",
      '# ours\n[mail]\nto = "root" # duty\n\n[report]\nlevel = "server"\n',
    );
    chmodSync(box.path("etc/logwinnow/logwinnow.toml"), 0o640);
    const [config] = setupPlan(host, configFile, { to: ["ops@example.org"] });
    expect(config?.shown).to.deep.equal(['- to = "root" # duty', '+ to = ["ops@example.org"] # duty']);
    config?.make();
    expect(text("etc/logwinnow/logwinnow.toml")).to.equal(
      '# ours\n[mail]\nto = ["ops@example.org"] # duty\n\n[report]\nlevel = "server"\n',
    );
    expect(statSync(box.path("etc/logwinnow/logwinnow.toml")).mode & 0o777).to.equal(0o640);
  });

  it("sends bounces to root, unless they go somewhere already", () => {
    box.write("etc/aliases", "postmaster: root\n");
    makeAll(setupPlan(host, configFile, answers));
    expect(text("etc/aliases")).to.equal("postmaster: root\nlogwinnow: root\n");
    box.write("etc/aliases", "logwinnow: ops@example.org\n");
    expect(setupPlan(host, configFile, answers)).to.deep.equal([]);
  });

  it("turns logcheck off when asked, line by line, and on again", () => {
    const entry =
      "# /etc/cron.d/logcheck\nPATH=/bin\n\n@reboot logcheck  nice logcheck -R\n2 * * * *\tlogcheck  nice logcheck\n";
    box.write("etc/cron.d/logcheck", entry);
    box.write(
      "etc/logcheck/logcheck.conf",
      'SENDMAILTO="duty@example.org"\nREPORTLEVEL="paranoid"\nRULEDIR="/srv/rules"\n',
    );
    makeAll(setupPlan(host, configFile, answers));
    expect(text("etc/cron.d/logcheck")).to.equal(entry);
    const logcheck = logcheckSettings(host);
    if (!logcheck) throw new Error("logcheck is there");
    expect(logcheck).to.deep.include({ recipients: ["duty@example.org"], level: "paranoid" });
    makeAll(setupPlan(host, configFile, { ...answers, logcheck }));
    expect(text("etc/cron.d/logcheck")).to.equal(entry.replaceAll(/^(?=@|2)/gm, "#off by logwinnow setup# "));
    expect(text("etc/logwinnow/logwinnow.toml")).to.match(
      /directories = \[".*", "\/etc\/logwinnow", "\/srv\/rules"\]/,
    );
    makeAll(removalPlan(host));
    expect(text("etc/cron.d/logcheck")).to.equal(entry);
  });

  it("is taken back but for configuration and state", () => {
    box.write("etc/aliases", "postmaster: root\n");
    makeAll(setupPlan(host, configFile, answers));
    makeAll(removalPlan(host));
    expect(text("etc/aliases")).to.equal("postmaster: root\n");
    for (const path of [
      "etc/cron.d/logwinnow",
      "etc/sysusers.d/logwinnow.conf",
      "etc/tmpfiles.d/logwinnow.conf",
    ])
      expect(existsSync(box.path(path)), path).to.equal(false);
    for (const path of ["etc/logwinnow/logwinnow.toml", "var/lib/logwinnow"])
      expect(existsSync(box.path(path)), path).to.equal(true);
    expect(removalPlan(host)).to.deep.equal([]);
  });

  it("turns a package's cron entry off and on, and leaves its files to the package", () => {
    makeAll(setupPlan(host, configFile, answers));
    for (const path of ["usr/lib/sysusers.d/logwinnow.conf", "usr/lib/systemd/system/logwinnow.service"])
      box.write(path, "");
    const entry = text("etc/cron.d/logwinnow");
    makeAll(removalPlan(host));
    expect(text("etc/cron.d/logwinnow"))
      .to.match(/^#off by logwinnow setup# 2 \* /m)
      .and.not.match(/^[@\d]/m);
    expect(removalPlan(host)).to.deep.equal([]);
    makeAll(setupPlan(host, configFile, answers));
    expect(text("etc/cron.d/logwinnow")).to.equal(entry);
  });

  it("does not take away a file that an administrator has changed", () => {
    makeAll(setupPlan(host, configFile, answers));
    box.write("etc/cron.d/logwinnow", "5 * * * * logwinnow logwinnow check\n");
    makeAll(removalPlan(host));
    expect(existsSync(box.path("etc/cron.d/logwinnow"))).to.equal(true);
  });
});
