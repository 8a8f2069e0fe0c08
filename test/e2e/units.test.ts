/** The systemd units of packaging/: what systemd itself says of them, without installing anything. */
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";

function run(command: string, ...args: readonly string[]): { status: number | null; said: string } {
  const env = { PATH: process.env.PATH, SYSTEMD_COLORS: "0", LC_ALL: "C.UTF-8" };
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", env });
  if (error) throw error;
  return { status, said: stdout + stderr };
}

describe("the systemd units", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
  });
  afterEach(() => box.remove());

  it("are understood to the last line, where the program is installed", function () {
    needsTool(this, "systemd-analyze");
    const systems = "/usr/lib/systemd/system";
    cpSync(systems, box.path("root", systems), { recursive: true, verbatimSymlinks: true });
    for (const path of ["root/etc/systemd/system", "root/usr/local/bin", "root/usr/libexec/logwinnow"])
      mkdirSync(box.path(path), { recursive: true });
    const units = ["logwinnow.service", "logwinnow.timer", "logwinnow-failure.service"];
    for (const unit of units) copyFileSync(`packaging/${unit}`, box.path("root/etc/systemd/system", unit));
    writeFileSync(box.path("root/usr/local/bin/logwinnow"), "#!/bin/sh\n", { mode: 0o755 });
    copyFileSync("packaging/mail-failure", box.path("root/usr/libexec/logwinnow/mail-failure"));
    const verified = run("systemd-analyze", "verify", "--man=no", `--root=${box.path("root")}`, ...units);
    expect(verified).to.deep.equal({ status: 0, said: "" });
  });

  it("expose no more than 1.5 of 10", function () {
    needsTool(this, "systemd-analyze");
    const unit = "packaging/logwinnow.service";
    const { status, said } = run(
      "systemd-analyze",
      "security",
      "--offline=yes",
      "--no-pager",
      "--threshold=15",
      unit,
    );
    expect(said).to.match(/Overall exposure level for logwinnow\.service: [01]\.\d/);
    expect(status).to.equal(0);
  });

  it("start the job every hour, and once for all that a sleeping machine missed", function () {
    needsTool(this, "systemd-analyze");
    const timer = readFileSync("packaging/logwinnow.timer", "utf8");
    const calendar = /^OnCalendar=(.*)$/m.exec(timer)?.[1] ?? "";
    const { said } = run("systemd-analyze", "calendar", calendar);
    expect(said).to.match(/^Normalized form: \*-\*-\* \*:00:00$/m);
    expect(timer).to.match(/^Persistent=yes$/m);
  });

  it("run as a user that packaging makes, in the groups that may read logs", function () {
    needsTool(this, "systemd-sysusers");
    const { said } = run(
      "systemd-sysusers",
      "--dry-run",
      `--root=${box.directory}`,
      resolve("packaging/logwinnow.sysusers"),
    );
    expect(said).to.match(/Creating user 'logwinnow'/);
    const service = readFileSync("packaging/logwinnow.service", "utf8");
    const groups = [
      ...readFileSync("packaging/logwinnow.sysusers", "utf8").matchAll(/^m logwinnow (\S+)$/gm),
    ];
    expect(service).to.match(/^User=logwinnow$/m);
    expect(/^SupplementaryGroups=(.*)$/m.exec(service)?.[1]?.split(" ")).to.deep.equal(
      groups.map(([, name]) => name),
    );
  });

  it("let the job make every system call that it needs", function () {
    needsTool(this, "systemd-analyze", "strace", "flock");
    box.write("rules/ignore.d/server/app", "^all is well$\n");
    box.write("app.log", "something odd\n");
    box.write(
      "logwinnow.toml",
      `[mail]\nto = "ops"\ntransport = "smtp://127.0.0.1:1"\n[rules]\ndirectories = ["rules"]\n` +
        `[[source]]\nkind = "file"\npath = "app.log"\n[[source]]\nkind = "journal"\nfile = "none.journal"\n`,
    );
    const program = [process.execPath, resolve("dist/logwinnow.cjs"), "check", "--config", "logwinnow.toml"];
    const trace = box.path("trace");
    const { status } = spawnSync("strace", ["-f", "-qq", "-o", trace, ...program], {
      cwd: box.directory,
      env: box.environment,
    });
    expect(status).to.equal(75);
    const made = [...readFileSync(trace, "latin1").matchAll(/^\d+ +([a-z]\w*)\(/gm)].map(
      ([, name = ""]) => name,
    );
    expect(made.length).to.be.greaterThan(100);
    const isAllowed = allowedCalls();
    expect(isAllowed("mount")).to.equal(false);
    // V8 asks for memory protection keys and does without them where it gets none.
    const refused = new Set(made.filter((name) => name !== "pkey_alloc" && !isAllowed(name)));
    expect([...refused]).to.deep.equal([]);
  });
});

/** What the service's SystemCallFilter lets through, by the sets that this systemd knows. */
function allowedCalls(): (name: string) => boolean {
  const sets = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of run("systemd-analyze", "syscall-filter", "--no-pager").said.split("\n")) {
    const word = line.replace(/#.*/, "");
    if (word.startsWith("@")) sets.set(word.trim(), (current = []));
    else if (word.trim() !== "") current.push(word.trim());
  }
  const callsOf = (name: string): string[] => sets.get(name)?.flatMap(callsOf) ?? [name];
  const allowed = new Set<string>();
  const service = readFileSync("packaging/logwinnow.service", "utf8");
  for (const [, minus, names = ""] of service.matchAll(/^SystemCallFilter=(~?)(.*)$/gm))
    for (const call of names.split(" ").flatMap(callsOf)) {
      if (minus === "~") allowed.delete(call);
      else allowed.add(call);
    }
  return (name) => allowed.has(name);
}
