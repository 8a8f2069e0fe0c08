/** A report on a terminal: its layout at several widths, and that no line of a log breaks out of it. */
import { expect } from "chai";
import { richestLimits } from "../../../src/report/outline/limits.js";
import { decodePage, encodePage } from "../../../src/report/render/stored-page.js";
import { terminalPage } from "../../../src/report/render/terminal-page.js";
import { terminalText } from "../../../src/report/render/terminal.js";
import { escaped } from "../../../src/std/text/escape.js";
import { columnsOf } from "../../../src/std/text/columns.js";
import { expectGolden } from "../../support/golden.js";
import { hostileParts } from "../../support/hostile-report.js";
import { hostileTexts } from "../../support/hostile-texts.js";
import { sampleExtras, sampleOutline } from "../../support/sample-outline.js";
import { useTimeZone } from "../../support/time-zone.js";

const look = { hasColours: false, isUtf8: true };
const { hours = [] } = sampleExtras;
const sample = () => terminalPage(sampleOutline(), hours);
/** The one control sequence that is ours. */
const escape = "\x1b";
const colour = new RegExp(`${escape}\\[(?:0|1|2|33|36|1;31)m`, "g");

describe("a report on a terminal", () => {
  useTimeZone("UTC");

  for (const columns of [40, 80, 132])
    it(`of ${columns} columns`, () => {
      expectGolden(`report-terminal-${columns}.txt`, terminalText(sample(), { ...look, columns }));
    });

  it("is the same with colours, each of which ends in its line", () => {
    const coloured = terminalText(sample(), { ...look, columns: 80, hasColours: true });
    expectGolden("report-terminal.ans", coloured);
    expect(coloured.replace(colour, "")).to.equal(terminalText(sample(), { ...look, columns: 80 }));
    for (const line of coloured.split("\n"))
      expect(line.match(colour)?.at(-1) ?? "\x1b[0m").to.equal("\x1b[0m");
  });

  it("draws in ASCII where the terminal has no more", () => {
    const text = terminalText(sample(), { ...look, columns: 80, isUtf8: false });
    expect(text)
      .to.match(/^ {2}alarm {29}8 {7}3$/m)
      .and.not.match(/[\u2580-\u259f]/);
  });

  it("says all that the outline has: no word of the mail is missing", () => {
    const words = (text: string): string => text.replaceAll(/\s+/g, " ").toLowerCase();
    const shown = words(terminalText(sample(), { ...look, columns: 200 }));
    const { alarmRows, look: worth, notSeen, closing } = sampleOutline();
    for (const { id, facts } of [...alarmRows.rows, ...worth.rows])
      for (const part of [id, ...facts.map((fact) => fact.words)]) expect(shown).to.include(words(part));
    for (const part of [...closing, ...notSeen.rows.flatMap(({ details }) => details.flat())])
      expect(shown).to.include(words(typeof part === "string" ? part : part.quoted));
  });

  const limits = { ...richestLimits, alarmBytes: 1e9, lookBytes: 1e9, lookKinds: 1e9, alarmKinds: 1e9 };
  const hostile = terminalPage(sampleOutline(hostileParts(), limits), hours);
  for (const columns of [1, 20, 40, 80, 132])
    it(`lets no hostile line out of ${columns} columns`, () => {
      const text = terminalText(hostile, { columns, hasColours: true, isUtf8: true }).replace(colour, "");
      expect(text).not.to.match(/[^\n\P{C}]|[\u2028\u2029]/u);
      const width = Math.max(columns, 20);
      const lines = text.split("\n");
      // Commands can be copied as they stand.
      for (const line of lines.filter((each) => !/^ {2}(logwinnow|zless) /.test(each)))
        expect(columnsOf(line), line).to.be.at.most(width);
      const solid = text.replaceAll(/\s+/g, "");
      for (const line of hostileTexts.filter((each) => each.length < 300)) {
        const shown = escaped(line);
        expect(solid).to.include(shown.replaceAll(/\s+/g, ""));
        if (shown.trim().length < 8) continue;
        for (const each of lines)
          expect(/^ {0,1}\S/.test(each) && each.trimStart().startsWith(shown.trim())).to.equal(false);
      }
    });

  it("is stored without a width, and read back", () => {
    for (const blocks of [sample(), hostile]) expect(decodePage(encodePage(blocks))).to.deep.equal(blocks);
  });

  for (const [what, document] of [
    ["another version", { version: 2, blocks: [] }],
    ["a kind of block that is not known", { version: 1, blocks: [{ kind: "picture" }] }],
    [
      "a paint that is not known",
      {
        version: 1,
        blocks: [{ kind: "text", runs: [{ text: "", paint: "x" }], first: "", further: "", room: "log" }],
      },
    ],
    ["a control character", { version: 1, blocks: [{ kind: "heading", words: "\x1b[2J", detail: "" }] }],
  ] as const)
    it(`is not read of ${what}`, () => {
      expect(decodePage(Buffer.from(JSON.stringify(document)))).to.equal(undefined);
    });
});
