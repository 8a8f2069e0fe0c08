/** `filter` on a real terminal: what should never happen stands out, and no log line can command the terminal. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";

const header = "Nov 22 00:41:26 web1 ";
const odd = `${header}app: odd \x1b]0;owned\x07\x9b31m caf\u00e9`;
const alarm = `${header}app: the store is open\x1b[2J`;
const input = Buffer.from(`${odd}\n${header}app: all is well\n${alarm}\n`, "utf8");

describe("filter on a terminal", () => {
  let box: Sandbox;
  before(function () {
    needsTool(this, "script");
    box = new Sandbox();
    box.write("rules/ignore.d/server/app", "app: all is well$\n");
    box.write("rules/never.d/app", "store is open\n");
    box.write("app.log", input);
  });
  after(() => box?.remove());

  /** What the terminal is sent, line by line. */
  function onTerminal(options: string, env: NodeJS.ProcessEnv = {}): string[] {
    const program = `${process.execPath} ${resolve("dist/logwinnow.cjs")} filter --rules rules ${options} app.log`;
    const { status, stdout } = spawnSync("script", ["-qec", program, "/dev/null"], {
      cwd: box.directory,
      env: { ...box.environment, TERM: "xterm", SHELL: "/bin/sh", ...env },
      input: "",
      encoding: "utf8",
    });
    expect(status).to.equal(0);
    return stdout.trimEnd().split("\r\n");
  }
  const shownOdd = `${header}app: odd \\x1b]0;owned\\x07\\u{9b}31m caf\u00e9`;
  const shownAlarm = `${header}app: the store is open\\x1b[2J`;

  it("shows alarms in bold red, all else as it is, and control bytes as escapes", () => {
    const boldRed = `\x1b[1;31m${shownAlarm}\x1b[0m`;
    expect(onTerminal("")).to.deep.equal([shownOdd, boldRed]);
  });

  const plain: readonly (readonly [string, string, NodeJS.ProcessEnv])[] = [
    ["NO_COLOR", "", { NO_COLOR: "1" }],
    ["--no-color", "--no-color", {}],
    ["a terminal that has no colours", "", { TERM: "dumb" }],
  ];
  for (const [what, options, env] of plain)
    it(`shows no colour with ${what}, and control bytes as escapes all the same`, () => {
      expect(onTerminal(options, env)).to.deep.equal([shownOdd, shownAlarm]);
    });

  it("to a pipe: byte for byte, without a colour", () => {
    const { bytes } = box.run(["filter", "--rules", "rules", "app.log"]);
    expect(bytes.toString("latin1")).to.equal(Buffer.from(`${odd}\n${alarm}\n`).toString("latin1"));
  });
});
