/** A flood: many findings that have nothing in common cannot bury one alarm, nor the machine. */
import { expect } from "chai";
import { checkLedger } from "../../src/report/ledger.js";
import { readEntry } from "../../src/entry/header.js";
import { createGroupTable, defaultGroupLimits } from "../../src/group/group-table.js";
import { fitReport } from "../../src/report/budget.js";
import { buildReport } from "../../src/report/build-report.js";
import { quotedPrintableBytes } from "../../src/report/render/quoted-printable.js";
import { textOf, textRenderer } from "../../src/report/render/text.js";
import { subjectOf } from "../../src/report/subject.js";
import { noTallies } from "../../src/report/tallies.js";
import { isLong, randomStream } from "../support/seed.js";

const findingCount = isLong ? 1_000_000 : 250_000;
const budget = { maxBytes: 1024 * 1024, maxMails: 4 };
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
    const fitted = fitReport(report, budget, textRenderer);
    const texts = fitted.pages.map(textOf);
    checkLedger(fitted.report.ledger);
    expect(fitted.report.ledger[0]?.read).to.equal(findingCount + 1);
    expect(texts.length).to.be.at.most(budget.maxMails);
    for (const text of texts) expect(quotedPrintableBytes(text)).to.be.at.most(budget.maxBytes);
    const firstLine = texts[0]?.split("\n").find((line) => line.includes("Nov 22"));
    expect(firstLine?.trim()).to.equal(alarm);
    expect(subjectOf(fitted.report)).to.match(/: 1 ALARM, [\d,]+ other$/);
    // Every kind is named, with its count or among the others of its program.
    const text = texts.join("");
    expect(text.match(/^ {2}(?:[\d,]+ lines?,|Nov 22)/gm)).to.have.length(groups.length);
  });
});
