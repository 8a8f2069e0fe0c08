/** An event that the journal and syslog both carry is told once, and the account says so. */
import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { exportOf, importJournal, remote } from "../sources/journals.js";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";
import { countsIn, ledgerIn } from "../support/mail-text.js";

describe("an event that the journal and a log file carry", () => {
  let box: Sandbox;
  before(function () {
    needsTool(this, "journalctl", remote);
  });
  beforeEach(() => {
    box = new Sandbox();
    box.write("rules/never.d/app", "store is open\n");
    mkdirSync(box.path("journal"));
  });
  afterEach(() => box.remove());

  const journal = (...messages: readonly string[]): void =>
    importJournal(
      box.path("journal", "system.journal"),
      exportOf(messages.map((MESSAGE, number) => ({ number, fields: { MESSAGE } }))),
    );
  const syslog = (...lines: readonly (readonly [second: number, message: string])[]): void =>
    writeFileSync(
      box.path("syslog"),
      lines
        .map(([second, message]) => `2026-11-22T12:00:0${second}+00:00 web1 app[9]: ${message}\n`)
        .join(""),
    );
  const report = (order: readonly ("file" | "journal")[]): string => {
    const file = `[[source]]\nkind = "file"\npath = "syslog"\nfirst_run = "all"\n`;
    const own = `[[source]]\nkind = "journal"\ndirectory = "${box.path("journal")}"\nfirst_run = "all"\n`;
    const sources = order.map((kind) => (kind === "file" ? file : own)).join("");
    box.write(
      "logwinnow.toml",
      `[rules]\ndirectories = ["rules"]\n[report]\ngroup = false\ncontext = false\n${sources}`,
    );
    const { status, stdout, stderr } = box.run(["check", "--stdout", "--config", box.path("logwinnow.toml")]);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    return stdout;
  };
  const timesOf = (text: string, words: string): number => text.split(words).length - 1;

  for (const order of [
    ["file", "journal"],
    ["journal", "file"],
  ] as const)
    it(`is told once when the ${order[0]} is read first`, () => {
      journal("the store is open", "odd one", "only in the journal");
      syslog([0, "the store is open"], [1, "odd one"], [2, "only in the file"]);
      const text = report(order);
      for (const words of ["the store is open", "odd one", "only in the journal", "only in the file"])
        expect(timesOf(text, words), words).to.equal(1);
      expect(countsIn(text).alarms).to.equal(1);
      expect(ledgerIn(text, "all")).to.deep.equal({
        read: 6,
        ignored: 0,
        duplicate: 2,
        reported: 4,
        counted: 0,
      });
    });

  it("is told as often as it happened, and twice where it is not certainly the same", () => {
    journal("twice", "near", "twice");
    syslog([0, "twice"], [2, "twice"], [2, "twice"], [4, "near"]);
    const text = report(["journal", "file"]);
    expect(ledgerIn(text, "all")).to.include({ read: 7, duplicate: 2, reported: 5 });
    expect(text).to.match(/ x3 (?:web1 )?app(?:\[9\])?: twice\n/);
  });
});
