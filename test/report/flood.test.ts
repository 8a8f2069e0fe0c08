/** A flood: many findings that have nothing in common cannot bury one alarm, nor the machine. */
import { expect } from "chai";
import { checkLedger } from "../../src/report/ledger.js";
import { readEntry } from "../../src/entry/header.js";
import { createGroupTable, defaultGroupLimits } from "../../src/group/group-table.js";
import { fitReport } from "../../src/report/outline/fit.js";
import { buildReport } from "../../src/report/build-report.js";
import { quotedPrintableBytes } from "../../src/report/render/quoted-printable.js";
import { textForm, textOf } from "../../src/report/render/text.js";
import { noTallies } from "../../src/report/tallies.js";
import { isLong, randomStream } from "../support/seed.js";

const findingCount = isLong ? 1_000_000 : 250_000;
const maxBytes = 64_000;
const reference = new Date(2026, 10, 22, 12);
const alarm = "Nov 22 00:41:26 web1 sshd[812]: Accepted password for root from 192.0.2.7 port 4711 ssh2";

const random = randomStream();
function randomWord(): string {
  return Array.from({ length: 3 + random() * 9 }, () => String.fromCharCode(0x67 + random() * 20)).join("");
}

describe("flood: many different lines and one alarm", () => {
  it(`${findingCount} kinds: alarm first, mails bounded, counts exact, memory bounded`, function () {
    this.timeout(120_000);
    const table = createGroupTable({ isGrouped: true, limits: defaultGroupLimits });
    const ledger = { source: "log", read: 0, ignored: 0, duplicate: 0, reported: 0, counted: 0 };
    const add = (line: string, layer: "never" | "remainder"): void => {
      ledger.read += 1;
      const entry = readEntry(line, reference);
      const verdict = { layer };
      ledger[table.add({ source: "log", line, trueLengthBytes: line.length, verdict, entry })] += 1;
    };
    const heapBefore = process.memoryUsage().heapUsed;
    for (let index = 0; index < findingCount; index += 1) {
      const words = `${randomWord()} ${randomWord()} ${randomWord()}`;
      add(
        `Nov 22 00:41:26 web1 ${randomWord()}[${index}]: ${words} =${"=".repeat(random() * 200)}`,
        "remainder",
      );
    }
    add(alarm, "never");
    expect(process.memoryUsage().heapUsed - heapBefore, "bytes of heap").to.be.lessThan(150 * 1024 * 1024);

    const groups = table.groups();
    const report = buildReport({
      hostname: "web1",
      to: reference,
      notices: [],
      groups,
      ledger: [ledger],
      tallies: noTallies,
      reportFiles: ["/full.gz"],
    });
    const { outline, report: fitted } = fitReport(report, [textForm(maxBytes)]);
    checkLedger(fitted.ledger);
    expect(fitted.ledger[0]?.read).to.equal(findingCount + 1);
    const text = textOf(outline);
    expect(quotedPrintableBytes(text)).to.be.at.most(maxBytes);
    const alarmAt = text.indexOf("00:41:26 sshd[812]: Accepted password for root from 192.0.2.7");
    expect(alarmAt).to.be.within(0, 700);
    expect(outline.subject).to.equal("ALARM web1: an alarm");
    // Every kind is shown or counted.
    expect(outline.look.kinds + 1).to.equal(groups.length);
    expect(text).to.match(/ {6}[\d,]+ more kinds, [\d,]+ lines:/);
  });
});
