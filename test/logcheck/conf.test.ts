/** logcheck.conf as data: what is read has bash's value, and nothing else is read. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { readConf, type Conf } from "../../src/logcheck/conf/conf.js";
import { isLong, seed } from "../support/seed.js";
import { needsTool } from "../support/tools.js";

function textsOf(conf: Conf): Record<string, string> {
  return Object.fromEntries(conf.assignments.map(({ name, value }) => [name, value.map(String).join("")]));
}

/** What bash makes of the same text. Values may contain newlines, so each ends with NUL. */
function askBash(file: string, names: readonly string[]): Record<string, string> {
  const script = '. "$1"; shift; for name; do printf "%s\\0" "${!name-}"; done';
  const run = spawnSync("bash", ["--norc", "-c", script, "bash", file, ...names], {
    env: { PATH: "/usr/bin:/bin" },
  });
  const values = run.stdout.toString().split("\0");
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
}

describe("logcheck.conf", () => {
  const accepted: readonly (readonly [text: string, value: string])[] = [
    ["A=b", "b"],
    ["A=", ""],
    ['A=""', ""],
    ["  A=b  # comment", "b"],
    ["A=b#c", "b#c"],
    ["A='b c'\"d e\"f", "b cd ef"],
    ['A="a\\"b\\$c\\\\d\\e"', 'a"b$c\\d\\e'],
    ["A=a\\ b\\'c", "a b'c"],
    ["A='a\nb'", "a\nb"],
    ["A=a\\\nb", "ab"],
    ["A=1 \\\n B=2", "1"],
    ["B=1; A=2;", "2"],
    ["A=1\nA=2", "2"],
    ['A="$"', "$"],
    ["A=a$", "a$"],
    ["A=*", "*"],
    ["A=a~", "a~"],
    ["A=b\r", "b\r"],
  ];
  for (const [text, value] of accepted)
    it(`reads ${JSON.stringify(text)} as bash does`, function () {
      needsTool(this, "bash");
      const directory = mkdtempSync(join(tmpdir(), "conf-"));
      try {
        writeFileSync(join(directory, "conf"), text);
        const conf = readConf(text);
        expect(conf.refusals).to.deep.equal([]);
        expect(textsOf(conf).A).to.equal(value);
        expect(askBash(join(directory, "conf"), ["A"]).A).to.equal(value);
      } finally {
        rmSync(directory, { recursive: true });
      }
    });

  const dates: readonly (readonly [text: string, format: string, isUtc: boolean])[] = [
    [`DATE="$(date +'%Y-%m-%d %H:%M')"`, "%Y-%m-%d %H:%M", false],
    [`DATE=$(date +%F)`, "%F", false],
    [`DATE="$( date -u "+%F %T" )"`, "%F %T", true],
  ];
  for (const [text, dateFormat, isUtc] of dates)
    it(`reads ${text} as a date's format`, () => {
      expect(readConf(text).assignments[0]?.value).to.deep.equal([{ dateFormat, isUtc }]);
    });

  it("reads the words of a list", () => {
    const text = "MIMECONSTRUCTARGS=(--header 'A: b' # why\n  --cc \"x y\")\n";
    expect(readConf(text).lists).to.deep.equal([
      { name: "MIMECONSTRUCTARGS", line: 1, words: ["--header", "A: b", "--cc", "x y"] },
    ]);
  });

  const refused: readonly (readonly [text: string, line: number, construct: string])[] = [
    ['A="$HOME/x"', 1, 'variable "$HOME"'],
    ["\n# x\nA=${B:-c}", 3, 'variable "${B:-c}"'],
    ["A=`hostname`", 1, "command substitution"],
    ['A="$(hostname -f)"', 1, 'command substitution "$(hostname -f)"'],
    ["A=$(date)", 1, 'command substitution "$(date)"'],
    ["A=$((1+1))", 1, "arithmetic"],
    ["A=$'x'", 1, '"$\'"'],
    ["A=~/x", 1, '"~"'],
    ["A=x:~", 1, '"~"'],
    ["A+=b", 1, 'assignment "A+="'],
    ["A[1]=b", 1, 'assignment "A[1]="'],
    ["export A=b", 1, 'command "export"'],
    ["if [ x ]; then A=b; fi", 1, 'command "if"'],
    [". /etc/default/logcheck", 1, 'command "."'],
    ["A=b | c", 1, '"|"'],
    ["A=b > c", 1, '">"'],
    ["A=(x*)", 1, '"*"'],
    ["A='b", 1, "quote without its end"],
    ["A=(b", 1, '"(" without its ")"'],
    ["A=b\n\r\n", 2, "carriage return (a file with CRLF line ends)"],
  ];
  for (const [text, line, construct] of refused)
    it(`refuses ${JSON.stringify(text)} by line and construct`, () => {
      expect(readConf(text).refusals[0]).to.deep.equal({ line, construct });
    });

  it("goes on after a refused line", () => {
    const conf = readConf("A=1\nB=$HOME\nC=3\n");
    expect(textsOf(conf)).to.deep.equal({ A: "1", C: "3" });
    expect(conf.refusals).to.have.length(1);
  });

  it("gives random text bash's values, or refuses it", function () {
    needsTool(this, "bash");
    this.timeout(120_000);
    const directory = mkdtempSync(join(tmpdir(), "conf-"));
    const piece = fc.constantFrom(
      "a",
      "b",
      " ",
      "'",
      '"',
      "\\",
      "\n",
      "#",
      ";",
      "$",
      "=",
      "A=",
      "B=",
      "\t",
      "~",
      ":",
    );
    try {
      let readCount = 0;
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
          const text = `A=${pieces.join("")}`;
          const conf = readConf(text);
          if (conf.refusals.length > 0) return;
          readCount++;
          const file = join(directory, "conf");
          writeFileSync(file, text);
          expect({ A: "", B: "", ...textsOf(conf) }).to.deep.include(askBash(file, ["A", "B"]));
        }),
        { seed, numRuns: isLong ? 20_000 : 400 },
      );
      expect(readCount).to.be.greaterThan(100);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
