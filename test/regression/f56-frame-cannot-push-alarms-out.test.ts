/** F56: however many sources, notices and long names there are, each kind of alarm is in the mail. */
import { expect } from "chai";
import { buildReport, type ReportParts } from "../../src/report/build-report.js";
import type { LedgerRow } from "../../src/report/document.js";
import { tallyFields } from "../../src/group/tally.js";
import { checkLedger } from "../../src/report/ledger.js";
import { fitReport } from "../../src/report/outline/fit.js";
import { quotedPrintableBytes } from "../../src/report/render/quoted-printable.js";
import { textForm, textOf } from "../../src/report/render/text.js";
import { noTallies } from "../../src/report/tallies.js";
import { Sandbox } from "../support/cli.js";

const alarm = "Nov 22 00:41:26 web1 app[1]: the store is open";
const row = (source: string, read: number): LedgerRow => ({
  source,
  read,
  ignored: read,
  duplicate: 0,
  reported: 0,
  counted: 0,
});

function textOfMail(parts: Partial<ReportParts>, maxBytes: number): string {
  const ledger = [...(parts.ledger ?? []), { ...row("/var/log/app.log", 1), ignored: 0, reported: 1 }];
  const sample = { source: "/var/log/app.log", line: alarm, trueLengthBytes: alarm.length };
  const group = { layer: "never", shape: "s", rule: "never.d/app:1", count: 1, samples: [sample] } as const;
  const report = buildReport({
    hostname: "web1.example.org",
    to: new Date("2026-11-22T01:00:00Z"),
    notices: [],
    groups: [group],
    tallies: noTallies,
    reportFiles: [],
    ...parts,
    ledger,
  });
  const fitted = fitReport(report, [textForm(maxBytes)]);
  checkLedger(fitted.report.ledger);
  const text = textOf(fitted.outline);
  expect(quotedPrintableBytes(text)).to.be.at.most(maxBytes);
  return text;
}

const hostile = Array.from({ length: 15 }, () => "\x01".repeat(240)).join("/");
const notice = (number: number) => ({
  where: `/var/log/app-${number}.log`,
  what: "is gone",
  done: "not read",
});
const frames: Readonly<Record<string, Partial<ReportParts>>> = {
  "70 logs and one path of 15 x 240 control bytes": {
    ledger: [...Array.from({ length: 70 }, (_, number) => row(`/var/log/${number}.log`, 9)), row(hostile, 9)],
    notices: [{ where: hostile, what: "is odd", done: "not read" }],
  },
  "3,000 logs that were read": {
    ledger: Array.from({ length: 3000 }, (_, number) => row(`/var/log/${number}.log`, 9)),
  },
  "3,000 notices that say the same": { notices: Array.from({ length: 3000 }, (_, number) => notice(number)) },
  "3,000 notices of as many sorts": {
    notices: Array.from({ length: 3000 }, (_, number) => ({ ...notice(number), what: `is ${number} bytes` })),
  },
  "one notice of 64 KiB": { notices: [{ where: "x", what: "y".repeat(65_536), done: "z" }] },
  "a host name of 60 KiB": { hostname: "\u202e".repeat(20_000) },
  "rule files with long names, and thousands of report files": {
    tallies: {
      ...noTallies,
      ignoredByFile: Object.fromEntries(
        Array.from({ length: 50 }, (_, number) => [`${number}${"\x02".repeat(250)}`, 1]),
      ),
    },
    reportFiles: Array.from({ length: 3000 }, (_, number) => `/var/lib/logwinnow/full/${number}.log.gz`),
  },
  "tallies by all fields, with names and notes that are nothing but control bytes": {
    tallies: {
      ignoredByFile: Object.fromEntries(Array.from({ length: 15 }, (_, file) => [`file${file}`, 9000])),
      ignoredByField: Array.from({ length: 15 }, (_, file) => ({
        file: `file${file}`,
        tallies: tallyFields.map((by) => {
          const names = Array.from({ length: 200 }, (__, name) => `${name}${"\x03".repeat(77)}`);
          return {
            by,
            counts: Object.fromEntries(names.map((name) => [name, 40])),
            others: 1000,
            missed: Object.fromEntries(names.map((name) => [name, 3])),
            floor: 3,
            notes: Object.fromEntries(names.map((name) => [name, "\u009b".repeat(400)])),
          };
        }),
      })),
    },
  },
  "a rule with a path of 4,000 control bytes": {
    groups: [
      {
        layer: "never",
        shape: "\x01".repeat(512),
        rule: `/${"\x01".repeat(4000)}:12`,
        count: 1,
        samples: [{ source: "/var/log/app.log", line: alarm, trueLengthBytes: alarm.length }],
      },
    ],
  },
};

describe("F56: the frame cannot push the alarm out", () => {
  for (const [what, parts] of Object.entries(frames))
    for (const maxBytes of [4096, 20_000, 1_048_576])
      it(`${what}, ${maxBytes} bytes`, () => {
        const text = textOfMail(parts, maxBytes);
        expect(text).to.include("app[1]: the store is open");
        expect(text).to.include("\nLEDGER\n");
        expect(text.split("\n").length).to.be.below(400);
      });

  it("what a part of the frame leaves out is counted", () => {
    const logs = Array.from({ length: 3000 }, (_, number) => row(`/var/log/${number}.log`, 9));
    const notices = Array.from({ length: 3000 }, (_, number) => ({
      ...notice(number),
      what: `is ${number}`,
    }));
    const text = textOfMail({ ledger: logs, notices }, 4096);
    const named = text.match(/^ {2}\d+\.log {2}9 = /gm)?.length ?? 0;
    const [, others] = /^ {2}([\d,]+) more {2}/m.exec(text) ?? [];
    // The log of the alarm has a row of its own.
    expect(named + Number(others?.replace(",", ""))).to.equal(3000);
    const told = text.match(/^ {2}\/var\/log\/app-\d+\.log: is \d+$/gm)?.length ?? 0;
    const [, more] = /^ {2}and ([\d,]+) more notices$/m.exec(text) ?? [];
    expect(told + Number(more?.replace(",", ""))).to.equal(3000);
    expect(text).to.include("\n  all  27,001 = 27,000 + 1 + 0\n");
  });

  it("each sort of notice is named before any is named again", () => {
    const forged = Array.from({ length: 500 }, (_, number) => notice(number));
    const real = {
      where: "/var/log/auth.log",
      what: "shrank from 90 to 0 bytes",
      done: "reading from the start",
    };
    const text = textOfMail({ notices: [...forged, real] }, 4096);
    expect(text).to.include("/var/log/auth.log: shrank from 90 to 0 bytes");
  });

  it("one new line beside 300 idle logs makes a short report", () => {
    const box = new Sandbox();
    try {
      box.write("rules/never.d/app", "the store is open$\n");
      for (let number = 0; number < 300; number++) box.write(`logs/${number}.log`, "");
      box.write("logs/app.log", `${alarm}\n`);
      box.write(
        "logwinnow.toml",
        `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "logs/*.log"\nfirst_run = "all"\n`,
      );
      const { stdout } = box.run(["check", "--stdout", "--config", box.path("logwinnow.toml")]);
      expect(stdout).to.include("00:41:26 web1 app[1]: the store is open");
      expect(stdout).to.match(/^ {2}289 more {2}0 = 0 \+ 0 \+ 0$/m);
      expect(stdout.split("\n").length).to.be.below(60);
    } finally {
      box.remove();
    }
  });
});
