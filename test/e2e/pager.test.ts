/** Reports on a real terminal: through a pager, which nothing depends on. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";

const program = `${process.execPath} ${resolve("dist/logwinnow.cjs")}`;
const boldRed = "\x1b[1;31m";
const line = "Nov 22 00:41:26 web1 app: the store is open \x1b[2J";

describe("a report on a terminal", function () {
  this.timeout(10_000);
  let box: Sandbox;
  beforeEach(function () {
    needsTool(this, "script");
    box = new Sandbox();
    box.write("rules/ignore.d/server/app", "app: all is well$\n");
    box.write("rules/never.d/app", "store is open\n");
    box.write("app.log", `${line}\n`);
    box.write(
      "logwinnow.toml",
      `[mail]\nto = "ops@elsewhere.example"\ntransport = "file:outbox"\n` +
        `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
    );
  });
  afterEach(() => box?.remove());

  /** What the terminal is sent. */
  function onTerminal(words: string, env: NodeJS.ProcessEnv = {}, expectedStatus = 0): string {
    const command = `stty cols 60 rows 24; ${program} ${words}`;
    const { status, stdout } = spawnSync("script", ["-qec", command, "/dev/null"], {
      cwd: box.directory,
      env: { ...box.environment, TERM: "xterm", SHELL: "/bin/sh", ...env },
      input: "",
      encoding: "utf8",
    });
    expect(status, stdout).to.equal(expectedStatus);
    return stdout.replaceAll("\r\n", "\n");
  }
  const check = (env: NodeJS.ProcessEnv): string => onTerminal("check --stdout -c logwinnow.toml", env);
  const hasStatus = (): Record<string, unknown> =>
    JSON.parse(box.run(["status", "--json"]).stdout) as Record<string, unknown>;

  it("is coloured, as wide as the terminal, and shows control bytes as escapes", () => {
    const text = check({ PAGER: "cat" });
    expect(text.startsWith(`${boldRed}ALARM\x1b[0m on `), text).to.equal(true);
    expect(text).to.include("\\x1b[2J");
    expect(stripVTControlCharacters(text))
      .to.match(/^Ledger {2}read = /m)
      .and.match(/^ {2}source {3}read /m);
  });

  for (const [what, env] of [
    ["NO_COLOR", { NO_COLOR: "1" }],
    ["a terminal without colours", { TERM: "dumb" }],
  ] as const)
    it(`has no colours with ${what}`, () => {
      expect(check({ PAGER: "cat", ...env }))
        .to.match(/^ALARM on /)
        .and.not.include("\x1b");
    });

  it("has colours where FORCE_COLOR asks for them, also in a pipe", () => {
    const { stdout } = box.run(["check", "--stdout", "-c", "logwinnow.toml"], { env: { FORCE_COLOR: "1" } });
    expect(stdout.startsWith(`${boldRed}ALARM`), stdout).to.equal(true);
  });

  it("goes through the pager, which gets LESS=FRX unless the user says otherwise", () => {
    expect(check({ PAGER: "sed 's/^/read: /'" })).to.match(/^read: .*ALARM.*\n(read: .*\n)+$/);
    const asked = 'printf %s "$LESS"; cat > /dev/null';
    expect(onTerminal("report", { PAGER: asked })).to.equal("FRX");
    expect(onTerminal("report", { PAGER: asked, LESS: "S" })).to.equal("S");
    expect(onTerminal("report", { PAGER: "false", LOGWINNOW_PAGER: asked })).to.equal("FRX");
    for (const none of ["", "cat"])
      expect(onTerminal("report", { PAGER: asked, LOGWINNOW_PAGER: none })).to.include("ALARM");
  });

  it("goes through no pager where nobody sits at a terminal", () => {
    const env = { PAGER: "touch paged" };
    expect(box.run(["check", "--stdout", "-c", "logwinnow.toml"], { env }).stdout).to.match(/^ALARM: /);
    expect(box.run(["report"], { env }).stdout).to.match(/^ALARM: /);
    expect(existsSync(box.path("paged"))).to.equal(false);
  });

  it("is committed before it is read, and the lock is free meanwhile", () => {
    const during = `${program} check -c logwinnow.toml; echo $? > during; cat > /dev/null`;
    check({ PAGER: during });
    expect(readFileSync(box.path("during"), "utf8")).to.equal("0\n");
    expect(hasStatus()).to.include({ isFresh: true });
    expect(check({ PAGER: "cat" })).to.equal("");
  });

  it("loses nothing when the reader leaves early, and that is no error", () => {
    box.write("app.log", `${Array.from({ length: 20_000 }, (_, index) => `${line} ${index}`).join("\n")}\n`);
    expect(check({ PAGER: "true" })).to.equal("");
    expect(hasStatus()).to.include({ isFresh: true });
    expect(onTerminal("report", { PAGER: "head -n 1" })).to.match(/ALARM.*\n$/);
    expect(onTerminal("report", { PAGER: "cat" })).to.include("store is open");
  });

  it("is printed without a pager that cannot be run, and says so", () => {
    const text = check({ PAGER: "no-such-pager" });
    expect(text)
      .to.include('pager: "no-such-pager" cannot be run: printed without it\n')
      .and.include("Ledger");
  });

  it("has the kind and its lines from show, through the same pager", () => {
    check({ PAGER: "cat" });
    const id =
      /^.{0,5}([0-9a-f]{4}).{0,5} {2}/m.exec(onTerminal("report", { PAGER: "cat", NO_COLOR: "1" }))?.[1] ??
      "";
    const shown = onTerminal(`show ${id} -c logwinnow.toml --since 366d`, { PAGER: "sed 's/^/read: /'" });
    expect(shown).to.match(/^read: [0-9a-f]{12} {2}an alarm\n/);
    expect(shown).to.include("read: \x1b[1;31mNov 22 00:41:26 web1 app: the store is open \\x1b[2J\x1b[0m\n");
    expect(onTerminal(`show ${id} -c logwinnow.toml`, { PAGER: "head -n 1" })).to.match(/an alarm\n$/);
  });

  it("is read in less, which leaves at once where all fits on the screen", function () {
    needsTool(this, "less");
    const text = onTerminal("report beef; stty rows 200", { PAGER: "less" }, 0);
    expect(text).to.include("no report");
    check({ PAGER: "true" });
    const env = { PAGER: "less" };
    const read = spawnSync("script", ["-qec", `stty cols 80 rows 200; ${program} report`, "/dev/null"], {
      cwd: box.directory,
      env: { ...box.environment, TERM: "xterm", SHELL: "/bin/sh", ...env },
      input: "",
      encoding: "utf8",
    });
    expect(read.status).to.equal(0);
    expect(read.stdout).to.include("\x1b[1;31mALARM").and.include("Ledger");
  });
});
