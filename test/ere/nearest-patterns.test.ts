/** Alignments of a line with a pattern, judged by the matcher: what is edited as it says is matched. */
import { expect } from "chai";
import { compile, NearestPatterns } from "../../src/ere/index.js";
import { unbounded } from "../../src/ere/nearest/alignment-row.js";
import { Aligner } from "../../src/ere/nearest/alignment.js";
import { EditLeaves } from "../../src/ere/nearest/edit-leaves.js";
import { lineCharacters } from "../../src/ere/nearest/line-characters.js";
import { editProgramOf } from "../../src/ere/nearest/edit-program.js";
import { patternParser } from "../../src/ere/analysis/parse-patterns.js";
import { isLong, randomStream } from "../support/seed.js";
import { expectLinear } from "../support/expect-linear.js";
import { randomPattern } from "./support/random-patterns.js";

const pieces = ["a", "b", "c", "x", "1", " ", "_", "ab", "c x"];

function randomText(random: () => number): string {
  const count = Math.floor(random() * 8);
  return Array.from({ length: count }, () => pieces[Math.floor(random() * pieces.length)]).join("");
}

function hasInnerAnchor(ere: string): boolean {
  const inner = ere.replace(/^\^/, "").replace(/\$$/, "").replaceAll("[^", "[");
  return /[$^]|\\['`]|^[*+?{]/.test(inner);
}

describe("an alignment", function () {
  this.timeout(isLong ? 0 : 60_000);
  const parse = patternParser("C");
  const leaves = new EditLeaves();
  const aligner = new Aligner();
  const whole = { bound: unbounded - 1, firstEdit: 0 };

  it("makes of a line one that the pattern matches, and edits nothing of one that it matches", () => {
    const random = randomStream();
    let [tried, matched] = [0, 0];
    for (let round = 0; round < (isLong ? 50_000 : 600); round++) {
      const ere = randomPattern(random, 0);
      const tree = parse(Buffer.from(ere));
      const program = tree && editProgramOf(tree, leaves, "C");
      if (program === undefined) continue;
      const patterns = compile([ere], { locale: "C" });
      const text = randomText(random);
      const line = lineCharacters(Buffer.from(text), "C", 4096);
      const edits = aligner.editsOf(program, line, whole);
      // Anchors inside of a pattern can leave it without any line, which an alignment does not know.
      if (edits === undefined || hasInnerAnchor(ere)) continue;
      tried++;
      const told = `${ere} on "${text}"`;
      const edited = edits
        .map((edit) => {
          if (edit.kind === "deleted") return "";
          if (edit.kind === "taken") return text[edit.at];
          return String.fromCharCode(program.leaves[edit.place]?.ascii.indexOf(1, 0x20) ?? 0);
        })
        .join("");
      expect(patterns.matches(edited), `${told}: "${edited}"`).to.deep.equal([0]);
      if (patterns.matches(text).length === 0) continue;
      matched++;
      const takes = aligner.costOf(program, line, { ...whole, firstEdit: line.characters.length + 1 });
      expect(takes, told).to.be.below(unbounded);
    }
    expect(tried).to.be.greaterThan(150);
    expect(matched).to.be.greaterThan(30);
  });

  it("has no edit before the one that is said to be the first", () => {
    const nearest = new NearestPatterns([Buffer.from("^job [0-9]+ done( in [0-9]+ s)*$")], "UTF-8");
    const { patterns } = nearest.near(Buffer.from("job 12 done in 5 s in x s"));
    expect(patterns[0]?.firstEdit).to.equal(22);
    expect(patterns[0]?.edits.find(({ kind }) => kind !== "taken")?.at).to.equal(22);
  });

  it("goes round a loop, also where a part of it is missing", () => {
    const nearest = new NearestPatterns([Buffer.from("^set( [a-z]+=[0-9]+)*$")], "UTF-8");
    const { patterns } = nearest.near(Buffer.from("set a=1 b c=3"));
    expect(patterns[0]?.edits.filter(({ kind }) => kind === "skipped")).to.have.length(2);
    expect(patterns[0]?.edits.filter(({ kind }) => kind === "deleted")).to.have.length(0);
  });

  it("is found in the right branch of a large rule, and among many of its words in any order", () => {
    const random = randomStream();
    const word = (): string =>
      Array.from({ length: 8 }, () => "etaoinshr"[Math.floor(random() * 9)]).join("");
    const words = Array.from({ length: 600 }, word);
    const message = (at: number): string => words.slice(3 * at, 3 * at + 3).join(" ");
    const branches = Array.from({ length: 150 }, (_, at) => `${message(at)} [0-9]+`);
    const patterns = [
      `^app: (${branches.slice(0, 75).join("|")})$`,
      `^app: (${branches.slice(75).join("|")})$`,
      `^disk:( (${words.join("|")}))+$`,
    ].map((ere) => Buffer.from(ere));
    const nearest = new NearestPatterns(patterns, "UTF-8");
    for (const [line, index] of [
      [`app: ${message(20)} x`, 0],
      [`app: ${message(130)} x`, 1],
      [`disk: ${words.slice(5, 9).join(" ")} x`, 2],
    ] as const) {
      const [first] = nearest.near(Buffer.from(line)).patterns;
      expect(first?.index, line).to.equal(index);
      expect(first?.firstEdit, line).to.be.within(line.length - 2, line.length - 1);
    }
  });

  it("is not looked for in a pattern that is too large", () => {
    const nearest = new NearestPatterns([Buffer.from("^set ((a{0,255}){0,200}|b){3}$")], "UTF-8");
    expect(nearest.near(Buffer.from("set c")).patterns).to.deep.equal([]);
  });

  it("takes time in the length of the line", () =>
    expectLinear(
      "a line that many places of a pattern take",
      (count) => {
        const nearest = new NearestPatterns([Buffer.from("^set( ?[a-z]*,?)*end$")], "UTF-8");
        const line = Buffer.from(`set ${"ab, ".repeat(count)}`);
        return () => nearest.near(line);
      },
      50,
    ));
});
