/** F46: a line over 16 MiB was judged by its first 16 MiB, and dropped when a rule ignored these. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { longLineLimitBytes } from "../../src/sources/bytes/long-line.js";
import { createRuleClassifier, reportedLayers } from "../../src/rules/classify/rule-classifier.js";
import { compileTree, createPlacementClassifier } from "../../src/logcheck/rules/placement-classifier.js";
import { buildRuleTree } from "../../src/logcheck/rules/rule-tree.js";
import { compileRules } from "../../src/rules/rule-set.js";
import type { Rule } from "../../src/rules/rule.js";
import { temporaryDirectory } from "../sources/reading.js";
import { Sandbox } from "../support/cli.js";
import { ledgerIn } from "../support/mail-text.js";

const rules: readonly Rule[] = [
  { list: "never", file: "never.d/x", line: 1, text: "alarm" },
  { list: "violation", file: "violations.d/x", line: 1, text: "denied" },
  { list: "violation.ignore", file: "violations.ignore.d/x", line: 1, text: "denied as usual" },
  { list: "ignored", file: "ignore.d/server/x", line: 1, text: "^routine" },
];

describe("F46: a line that was not seen whole", () => {
  const set = compileRules(rules, { locale: "UTF-8", widensHeaders: true });
  for (const [what, line, whole, cut] of [
    ["that is routine so far", "routine", "ignored", "remainder"],
    ["with an alarm", "routine alarm", "never", "never"],
    ["with a violation", "routine denied", "violation", "violation"],
    ["with a violation that a rule cancels", "routine denied as usual", "ignored", "remainder"],
    ["that no rule knows", "news", "remainder", "remainder"],
  ] as const)
    it(`${what} is ${cut}, and counted as such`, () => {
      const classifier = createRuleClassifier(set, { selectedLayers: reportedLayers });
      const bytes = Buffer.from(line);
      for (const [trueLengthBytes, layer] of [
        [bytes.length, whole],
        [bytes.length + 1, cut],
      ] as const) {
        const given = classifier.classify({ kind: "long line", bytes, trueLengthBytes });
        expect(given.verdict(0).layer).to.equal(layer);
        expect(given.selectedCount).to.equal(layer === "ignored" ? 0 : 1);
        const counts = [...classifier.takeCounts()].map(([verdict, lines]) => [verdict.layer, lines]);
        expect(counts).to.deep.equal([[layer, 1]]);
      }
    });

  it("is placed under system events in logcheck's place, whatever rule ignores what is left of it", () => {
    const file = (text: string) => [{ name: "x", path: "x", bytes: Buffer.from(`${text}\n`) }];
    const directories = { cracking: file("alarm"), crackingIgnore: [], violations: [], violationsIgnore: [] };
    const tree = buildRuleTree({ ...directories, ignore: file("^routine") }, "UTF-8");
    const classifier = createPlacementClassifier(tree, compileTree(tree, "UTF-8").set);
    const placed = (text: string, cutBytes: number) => {
      const bytes = Buffer.from(text);
      const trueLengthBytes = bytes.length + cutBytes;
      const lines = classifier.classify({ kind: "long line", bytes, trueLengthBytes });
      return lines.selectedCount === 0 ? undefined : lines.verdict(0);
    };
    expect(placed("routine", 0)).to.equal(undefined);
    expect(placed("routine", 1)).to.deep.include({ isSystemEvent: true, alerts: [] });
    expect(placed("routine alarm", 1)).to.deep.include({ isSystemEvent: false, alerts: [0] });
  });

  describe("in the program", () => {
    const box = new Sandbox();
    const root = temporaryDirectory();
    after(() => box.remove());
    box.write("rules/ignore.d/server/x", "^routine\n");
    for (const [what, lengthBytes, isReported] of [
      ["one byte below the limit", longLineLimitBytes - 1, false],
      ["of the limit", longLineLimitBytes, false],
      ["one byte above the limit", longLineLimitBytes + 1, true],
    ] as const)
      it(`${what} is ${isReported ? "reported" : "ignored"} by check and filter`, () => {
        const path = join(mkdtempSync(join(root, "case-")), "own.log");
        writeFileSync(path, `${"routine ".padEnd(lengthBytes - 1, "a")}\n`);
        const state = mkdtempSync(join(root, "state-"));
        const config = box.write(
          "all.toml",
          `[[source]]\nkind = "file"\npath = "${path}"\nfirst_run = "all"\n`,
        );
        const checked = box.run([
          "check",
          "--stdout",
          "--config",
          config,
          "--state",
          state,
          "--rules",
          box.path("rules"),
        ]);
        expect(ledgerIn(checked.stdout, "own.log")).to.include({
          read: 1,
          ignored: isReported ? 0 : 1,
        });
        expect(
          checked.stdout.includes(`[cut, ${lengthBytes.toLocaleString("en-US")}`) || !isReported,
        ).to.equal(true, checked.stdout.slice(-1000));
        const filtered = box.run(["filter", "--count", "--rules", box.path("rules"), path]);
        expect(filtered.stdout).to.equal(isReported ? "1\n" : "0\n");
      });
  });
});
