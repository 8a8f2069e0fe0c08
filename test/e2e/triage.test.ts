/** `triage` on a real terminal: what its keys do, what is written and when, and how the terminal is left. */
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { Pty, usualModes, type PtyOptions } from "../support/pty.js";
import { needsTool } from "../support/tools.js";

const program = resolve("dist/logwinnow.cjs");
const line = (message: string): string => `Nov 22 00:41:26 web1 ${message}`;
const hostile = line("app[7]: odd \x1b[2J\x1b[5;5H\x1b]0;owned\x07 \x9b31m caf\u00e9");

describe("triage on a terminal", function () {
  this.timeout(30_000);
  let box: Sandbox;
  let terminal: Pty | undefined;
  beforeEach(function () {
    needsTool(this, "python3");
    box = new Sandbox();
    box.write("rules/ignore.d/server/app", "app: all is well$\n");
    box.write("rules/never.d/app", "store is open$\n");
    const jobs = [1, 2, 3].map((job) => line(`backup[${job}]: job ${job} done`));
    const lost = [1, 2].map((disk) => line(`raidwatch[7]: disk ${disk} lost`));
    box.write("log", [...jobs, ...lost, hostile, line("app: all is well"), ""].join("\n"));
  });
  afterEach(() => {
    terminal?.kill();
    box?.remove();
  });

  function start(words: readonly string[] = ["log"], options: Partial<PtyOptions> = {}): Pty {
    const command = [process.execPath, program, "triage", "--rules", "rules", ...words];
    const env = { ...box.environment, TERM: "xterm", LC_ALL: "C.UTF-8", ...options.env };
    terminal = new Pty(command, { columns: 120, cwd: box.directory, ...options, env });
    return terminal;
  }
  /** Names of files of rules and proofs, and nothing else. */
  const ruleFiles = (): string[] =>
    readdirSync(box.path("rules"), { recursive: true, encoding: "utf8" })
      .filter((name) => /local|violations|never\.d\/local/.test(name))
      .filter((name) => /\/[^./][^/]*$/.test(name) && name !== "ignore.d/local")
      .toSorted();

  it("ignores, raises and skips; shows the changes, and writes them after a yes alone", async () => {
    const pty = start();
    await pty.shows(/^1 of 3  [0-9a-f]{12}  largest first\nbackup: job \* done\n/);
    await pty.shows(/rule {5}\^.* job \[0-9\]\+ done\$\nhides {4}these 3 lines, and none of 2 other kinds/s);
    pty.send("i");
    await pty.shows("largest first, 1 to write");
    pty.send("r");
    await pty.shows("largest first, 2 to write");
    expect(ruleFiles(), "nothing is written yet").to.deep.equal([]);
    pty.send("s");
    const changes = await pty.shows("y yes, write");
    expect(changes).to.include("rules/ignore.d/local/backup: hides 3 lines of 1 kind\n");
    expect(changes).to.include("rules/violations.d/local-raidwatch: raises 2 lines of 1 kind\n");
    expect(changes).to.match(/\n--- \/dev\/null\n\+\+\+ .*\/backup\n@@ -0,0 \+1,2 @@\n\+#@ added=/);
    expect(ruleFiles(), "nor now").to.deep.equal([]);
    pty.send("y");
    expect(await pty.ended()).to.deep.equal({ status: 0, signal: null, modes: usualModes });
    expect(ruleFiles()).to.deep.equal([
      "ignore.d/local/backup",
      "ignore.d/local/backup.ignored",
      "violations.d/local-raidwatch",
      "violations.d/local-raidwatch.violation",
    ]);
    expect(pty.screen.text).to.include("logwinnow rules undo takes the rules back");
    expect(pty.screen.isWrapping).to.equal(true);
    const { stdout } = box.run(["filter", "--rules", "rules", "log"]);
    expect(stdout).to.include("disk 1 lost").and.not.include("job");
    expect(box.run(["rules", "undo", "--rules", "rules"]).stdout).to.include("raidwatch");
    expect(box.run(["rules", "undo", "--rules", "rules"]).stdout).to.include("backup");
    expect(ruleFiles()).to.deep.equal([]);
  });

  it("shows text of a log without a control of it, and goes on with undo, order and quit", async () => {
    const pty = start();
    pty.send("nn");
    const shown = await pty.shows("odd \\x1b[2J\\x1b[5;5H\\x1b]0;owned\\x07 \\u{9b}31m café");
    expect(shown)
      .to.match(/^3 of 3/)
      .and.include("i ignore  e edit  r raise");
    pty.send("i");
    // No rule can hold such text.
    await pty.shows("no rule can be made of it by itself: e edits one");
    pty.send("a");
    await pty.shows("no report told of this kind");
    pty.send("su");
    await pty.shows("undone");
    pty.send("o");
    await pty.shows("newest first");
    pty.send("pppi");
    await pty.shows("1 to write");
    pty.send("q");
    await pty.shows("1 decision is not written yet.");
    pty.send("d");
    expect(await pty.ended()).to.deep.equal({ status: 1, signal: null, modes: usualModes });
    expect(ruleFiles()).to.deep.equal([]);
  });

  it("takes a rule from the editor, with what it says of it, and none that does not match", async () => {
    box.write("editor", `#!/bin/sh\nsed -i -e 's/reason=""/reason="runs daily"/' -e "$RULE" "$1"\n`);
    chmodSync(box.path("editor"), 0o755);
    const env = { VISUAL: box.path("editor"), RULE: "s/done\\$/[a-z]+$/" };
    let pty = start(undefined, { env });
    await pty.shows("done$");
    pty.send("e");
    await pty.shows(/own rule .*\[a-z\]\+\$\nhides/s);
    pty.send("iw");
    await pty.shows("y yes, write");
    pty.send("y");
    expect((await pty.ended()).status).to.equal(0);
    const written = readFileSync(box.path("rules/ignore.d/local/backup"), "utf8");
    expect(written).to.match(/^#@ added=\S+ reason="runs daily"\n.*job \[0-9\]\+ \[a-z\]\+\$\n$/);
    pty = start(undefined, { env: { ...env, RULE: "s/lost/found/" } });
    await pty.shows("lost$");
    pty.send("e");
    await pty.shows("the rule does not match");
    pty.send("q");
    expect((await pty.ended()).status).to.equal(0);
  });

  it("acknowledges what a report told, and takes the last report's kinds where no log is named", async () => {
    const recent = new Date(Date.now() - 60_000).toISOString();
    box.write(
      "app.log",
      ["backup[1]: job 1 done", "raidwatch[7]: disk 1 lost"]
        .map((text) => `${recent} web1 ${text}\n`)
        .join(""),
    );
    box.write(
      "logwinnow.toml",
      `[mail]\nto = "ops@elsewhere.example"\ntransport = "file:outbox"\n[rules]\ndirectories = ["rules"]\n` +
        `[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
    );
    const config = ["--config", box.path("logwinnow.toml")];
    expect(box.run(["check", ...config]).status).to.equal(0);
    const pty = start(config);
    await pty.shows("1 of 2");
    pty.send("as");
    await pty.shows(/^What is written.*\nacknowledge ([0-9a-f]{12}) for 7 days\n/);
    pty.send("y");
    expect((await pty.ended()).status).to.equal(0);
    const [, id = ""] = /([0-9a-f]{12}): acknowledged/.exec(pty.screen.text) ?? [];
    expect(box.run(["show", id, ...config]).stdout).to.match(/digest +only, until /);
  });

  const endings: readonly (readonly [string, (pty: Pty) => void, number])[] = [
    ["ctrl-C", (pty) => pty.send("\x03"), 2],
    ["SIGTERM", (pty) => pty.signal("SIGTERM"), 15],
    ["SIGHUP", (pty) => pty.signal("SIGHUP"), 1],
    ["SIGKILL", (pty) => pty.signal("SIGKILL"), 9],
    ["a hang-up", (pty) => pty.hangUp(), 1],
  ];
  for (const [what, end, signal] of endings)
    it(`writes nothing when it is ended by ${what}, with the changes on the screen`, async () => {
      const pty = start();
      await pty.shows("done$");
      expect((await pty.modes()).echo).to.equal(false);
      pty.send("iw");
      await pty.shows("y yes, write");
      end(pty);
      const ended = await pty.ended();
      expect(ended.signal).to.equal(signal);
      // Nobody can put back what SIGKILL leaves, and a terminal that is gone has no modes.
      if (what !== "SIGKILL" && what !== "a hang-up") {
        expect(ended.modes).to.deep.equal(usualModes);
        expect(pty.screen.isWrapping).to.equal(true);
      }
      expect(ruleFiles()).to.deep.equal([]);
      expect(existsSync(box.path("rules/.rule-changes.json"))).to.equal(false);
    });

  it("leaves the terminal as it was when the program fails", async () => {
    box.write("fail.cjs", `process.on("SIGUSR2", () => { throw new Error("a fault"); });`);
    const pty = start(undefined, {
      env: { NO_COLOR: "1", NODE_OPTIONS: `--require ${box.path("fail.cjs")}` },
    });
    await pty.shows("done$");
    pty.signal("SIGUSR2");
    const { status, modes } = await pty.ended();
    expect(status).to.be.greaterThan(0);
    expect(modes).to.deep.equal(usualModes);
    expect(pty.sent.lastIndexOf("\x1b[?1049l")).to.be.greaterThan(pty.sent.lastIndexOf("backup"));
    expect(pty.sent).to.include("a fault");
  });

  it("is stopped by ctrl-Z and goes on, as any job of a shell, and the shell has its terminal", async function () {
    needsTool(this, "bash");
    const command = ["bash", "--norc", "--noprofile", "--noediting", "-i"];
    const env = { ...box.environment, TERM: "xterm", LC_ALL: "C.UTF-8" };
    const pty = new Pty(command, { cwd: box.directory, env });
    terminal = pty;
    await pty.shows(/bash.*[#$]$/);
    pty.send(`${process.execPath} ${program} triage --rules rules log\n`);
    await pty.shows("done$");
    pty.send("i");
    await pty.shows("1 to write");
    pty.send("\x1a");
    await pty.shows(/Stopped.*\nbash.*[#$]$/s);
    expect(await pty.modes()).to.deep.include({ echo: true, lines: true });
    pty.send("echo $((40+2))\n");
    await pty.shows(/^42$/m);
    pty.send("fg\n");
    await pty.shows("1 to write");
    expect((await pty.modes()).echo).to.equal(false);
    pty.send("qd");
    await pty.shows(/nothing written\nbash.*[#$]$/);
    pty.send("exit\n");
    expect((await pty.ended()).modes).to.deep.equal(usualModes);
  });

  for (const [columns, rows] of [
    [80, 24],
    [40, 12],
  ] as const)
    it(`is a VT100's on ${columns} columns, and follows a change of size`, async () => {
      const pty = start(undefined, { columns, rows, env: { TERM: "vt100" } });
      const shown = await pty.shows("hides");
      expect(shown.split("\n").map(({ length }) => length)).to.satisfy((all: number[]) =>
        all.every((length) => length <= columns),
      );
      expect(shown).to.match(/i ignore {2}e edit/);
      pty.resize(60, 16);
      await until60(pty);
      pty.send("q");
      expect((await pty.ended()).status).to.equal(0);
      expect(pty.screen.isBeyondVt100).to.equal(false);
    });
  const until60 = async (pty: Pty): Promise<void> => {
    await pty.shows(/^1 of 3[^\n]*\n(?:.*\n){13,14}/);
    await pty.shows(/i ignore {2}e edit {2}r raise {2}R alarm {2}a ack/);
  };

  it("takes a log from standard input, and keys from the terminal", async () => {
    const command = `exec ${process.execPath} ${program} triage --rules rules - < log`;
    const env = { ...box.environment, TERM: "xterm", LC_ALL: "C.UTF-8" };
    const pty = new Pty(["sh", "-c", command], { cwd: box.directory, env });
    terminal = pty;
    await pty.shows("1 of 3");
    pty.send("q");
    expect((await pty.ended()).status).to.equal(0);
  });

  it("says what it needs where there is no terminal, or none with a cursor", async () => {
    const { status, stderr } = box.run(["triage", "--rules", "rules", "log"], { env: { TERM: "dumb" } });
    expect({ status, stderr }).to.deep.equal({
      status: 64,
      stderr:
        'triage: the terminal "dumb" cannot move its cursor: nothing shown; rules suggest needs no terminal\n',
    });
    const pty = new Pty(
      ["setsid", "--wait", process.execPath, program, "triage", "--rules", "rules", "log"],
      {
        cwd: box.directory,
        env: { ...box.environment, TERM: "xterm" },
      },
    );
    terminal = pty;
    expect((await pty.ended()).status).to.equal(64);
    expect(pty.sent).to.include("triage: there is no terminal");
  });
});
