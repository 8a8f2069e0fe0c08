/** Columns of a terminal: held against Unicode's own tables, as Python has them. */
import { spawnSync } from "node:child_process";
import { expect } from "chai";
import fc from "fast-check";
import { columnsOf, endOfColumns } from "../../../src/std/text/columns.js";
import { seed } from "../../support/seed.js";
import { needsTool } from "../../support/tools.js";

describe("columns of a terminal", () => {
  for (const [text, columns] of [
    ["", 0],
    ["sshd[7]: odd", 12],
    ["caf\u00e9", 4],
    ["cafe\u0301", 4],
    ["\u65e5\u8a8c", 4],
    ["\uff21", 2],
    ["\u{1f512}", 2],
    ["\u1112\u1161\u11ab", 2],
    ["\ufffd", 1],
  ] as const)
    it(`${JSON.stringify(text)}: ${columns}`, () => {
      expect(columnsOf(text)).to.equal(columns);
    });

  it("are those of Unicode's tables, for each character that both know", function () {
    this.timeout(20_000);
    needsTool(this, "python3");
    const program = `
import sys, unicodedata as u
for c in range(0x300, 0x110000):
    k = u.category(chr(c))
    if k in ("Cn", "Cs", "Co", "Cc", "Cf", "Zs", "Zl", "Zp"): continue
    w = 0 if k in ("Mn", "Me") else 2 if u.east_asian_width(chr(c)) in "WF" else 1
    sys.stdout.write("%x %d\\n" % (c, w))
`;
    const { stdout } = spawnSync("python3", ["-c", program], { encoding: "utf8", maxBuffer: 1 << 26 });
    const rows = stdout.trimEnd().split("\n");
    expect(rows.length).to.be.greaterThan(100_000);
    const wrong = rows.filter((row) => {
      const [code = "", columns = ""] = row.split(" ");
      const character = String.fromCodePoint(parseInt(code, 16));
      // A later version took it from the marks that take no column.
      if (columns === "0" && !/[\p{Mn}\p{Me}]/u.test(character)) return false;
      // Vowels and finals of Hangul stand in the square of their consonant.
      const expected = /^(11[6-9a-f].|d7[b-f].)$/.test(code) ? 0 : Number(columns);
      return columnsOf(character) !== expected;
    });
    // Version 16 set these wide; this Python may be older.
    const since16 = /^(26[38][0-9a-f]|4d[c-f].|1d3[0-7].|31e[0-9a-f]) /;
    expect(wrong.filter((row) => !since16.test(row))).to.deep.equal([]);
  });

  it("a piece of a width is the longest that has it, and cuts nothing off that stands on its last character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.nat(30), (text, columns) => {
        const end = endOfColumns(text, 0, columns);
        expect(columnsOf(text.slice(0, end))).to.be.at.most(columns);
        const next = String.fromCodePoint(text.codePointAt(end) ?? 0x41);
        expect(columnsOf(text.slice(0, end) + next)).to.be.greaterThan(
          columns - (end === text.length ? 100 : 0),
        );
      }),
      { seed },
    );
  });
});
