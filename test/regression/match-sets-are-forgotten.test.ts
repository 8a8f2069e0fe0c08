/** 64 rules that match anywhere gave each line of random text a set of rules of its own, and no set was ever forgotten. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect } from "chai";
import { compile, compilePatternSet } from "../../src/ere/index.js";
import { verdictOf } from "../../src/rules/layers.js";
import { createRuleClassifier, reportedLayers } from "../../src/rules/classify/rule-classifier.js";
import { compileRules } from "../../src/rules/rule-set.js";
import type { Rule } from "../../src/rules/rule.js";
import type { RuleList } from "../../src/rules/rule-list.js";
import { Sandbox } from "../support/cli.js";
import { randomStream, seed } from "../support/seed.js";

const letters = "abcdefghijklmnop";
const lists: readonly RuleList[] = [
  "ignored",
  "violation",
  "ignored",
  "violation.ignore",
  "never",
  "ignored",
];

interface Sample {
  readonly rules: readonly Rule[];
  readonly line: () => string;
}

function sampleOf(random: () => number): Sample {
  const letter = (): string => letters[Math.floor(random() * letters.length)] ?? "a";
  const rules = Array.from({ length: 64 }, (_, index): Rule => {
    const text = index % 8 === 0 ? `(${letter()})\\1` : letter() + letter();
    return { list: lists[index % lists.length] ?? "ignored", file: "rules", line: index + 1, text };
  });
  const line = (): string => {
    const length = 20 + Math.floor(random() * 30);
    return Array.from({ length }, (_, at) => (at % 11 === 10 ? " " : letter())).join("");
  };
  return { rules, line };
}

describe("match sets", function () {
  this.timeout(180_000);

  it("are forgotten, and verdicts, lines and counts stay the same", () => {
    const { rules, line } = sampleOf(randomStream(seed));
    const ruleSet = compileRules(rules, { locale: "C", widensHeaders: true });
    const classifier = createRuleClassifier(ruleSet, { selectedLayers: reportedLayers });
    const regexes = rules.map(({ text }) => new RegExp(text));
    const expected = new Map<string, number>();
    const counted = new Map<string, number>();
    const nameOf = ({ layer, rule }: ReturnType<typeof verdictOf>): string => `${layer} ${rule?.line ?? ""}`;
    const addOne = (counts: Map<string, number>, name: string, lines: number): void =>
      void counts.set(name, (counts.get(name) ?? 0) + lines);
    const take = (): void => {
      for (const [verdict, lines] of classifier.takeCounts()) addOne(counted, nameOf(verdict), lines);
    };
    for (let chunk = 0; chunk < 10; chunk++) {
      const lines = Array.from({ length: 5000 }, line);
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(""));
      classifier.buffer.set(bytes);
      const classified = classifier.classify({ kind: "lines", lengthBytes: bytes.length });
      const shouldBe = lines.map((text) =>
        verdictOf(rules.filter((_, index) => regexes[index]?.test(text.trimEnd()))),
      );
      for (const verdict of shouldBe) addOne(expected, nameOf(verdict), 1);
      const selected = [...lines.keys()].filter((at) => reportedLayers.has(shouldBe[at]?.layer ?? "ignored"));
      expect(classified.selectedCount).to.equal(selected.length);
      selected.forEach((at, place) => {
        expect(Buffer.from(classified.line(place)).toString()).to.equal(`${lines[at]}\n`);
        expect(nameOf(classified.verdict(place))).to.equal(nameOf(shouldBe[at] ?? verdictOf([])));
      });
      // Sometimes they are taken, sometimes they wait over several chunks.
      if (chunk % 3 === 2) take();
    }
    take();
    expect(counted).to.deep.equal(expected);
  });

  it("leave numbers to others only when they are told to, and never with lines uncounted", () => {
    const { rules, line } = sampleOf(randomStream(seed));
    const patterns = rules.map(({ text }) => Buffer.from(text));
    const options = { locale: "C", trimsTrailingSpace: true } as const;
    const scanner = compilePatternSet(patterns, options).set.scanner({ isSelected: () => true });
    const own = compilePatternSet(patterns, options).set.scanner({ isSelected: () => true });
    for (let n = 0; n < 20_000; n++) {
      const text = Buffer.from(line().replaceAll(" ", ""));
      expect(scanner.matches(scanner.matchLine(text))).to.deep.equal(own.matches(own.matchLine(text)));
      if (scanner.matchSetCount < 4000) continue;
      expect(() => scanner.forgetMatchSets()).to.throw(/counted/);
      scanner.takeCounts();
      scanner.forgetMatchSets();
      expect(scanner.matchSetCount).to.be.below(4000);
    }
    expect(own.matchSetCount).to.be.greaterThan(4000);
  });

  it("do not fill the memory of who only asks for matches", () => {
    const { rules, line } = sampleOf(randomStream(seed));
    const compiled = compile(rules.map(({ text }) => text));
    const regexes = rules.map(({ text }) => new RegExp(text));
    for (let n = 0; n < 20_000; n++) {
      const text = line();
      const matches = [...regexes.keys()].filter((index) => regexes[index]?.test(text));
      expect(compiled.matches(text)).to.deep.equal(matches);
    }
  });

  it("take hardly more memory for four times the lines", () => {
    const sandbox = new Sandbox();
    try {
      const { rules, line } = sampleOf(randomStream(seed));
      sandbox.write("rules/ignore.d/server/pairs", rules.map(({ text }) => `${text}\n`).join(""));
      const script = sandbox.write(
        "measure.cjs",
        'process.on("exit", () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\\n`));\n',
      );
      const lines = Array.from({ length: 150_000 }, () => `${line()}\n`);
      /** In KiB. */
      const peakOf = (text: string): number => {
        const command = [
          resolve("dist/logwinnow.cjs"),
          "filter",
          "--count",
          "--rules",
          sandbox.path("rules"),
        ];
        const { stderr } = spawnSync(process.execPath, ["--require", script, ...command], {
          input: text,
          env: sandbox.environment,
          encoding: "utf8",
        });
        return Number(/peak (\d+)/.exec(stderr)?.[1] ?? expect.fail(stderr));
      };
      const more = Array.from({ length: 450_000 }, () => `${line()}\n`);
      expect(peakOf([...lines, ...more].join("")) - peakOf(lines.join(""))).to.be.below(160 << 10);
    } finally {
      sandbox.remove();
    }
  });
});
