/** The examples of logwinnow-rules(5): each is a file of rules or what becomes of lines, and true. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { circumstanceMarkers } from "../src/conditions/circumstances.js";
import { conditionalClassifier } from "../src/conditions/conditional-classifier.js";
import { Conditions } from "../src/conditions/conditions.js";
import { stateOfOneRun } from "../src/conditions/state.js";
import { layers } from "../src/rules/layer.js";
import { loadRuleSet } from "../src/rules/load-rule-set.js";
import { formatNotice } from "../src/std/notice.js";

const outcome = /^(?:never|violation|remainder|ignored)(?: \([a-z ]+\))?: /;

/** The literal blocks of the page, as they are shown. */
function blocks(): readonly (readonly string[])[] {
  const page = readFileSync("man/logwinnow-rules.5", "utf8");
  return [...page.matchAll(/^\.Bd -literal.*\n([^]*?)^\.Ed/gm)].map(([, text = ""]) =>
    text.trimEnd().replaceAll("\\e", "\\").split("\n"),
  );
}

describe("logwinnow-rules(5)", () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), "manual-"));
    for (const [name = "", ...lines] of blocks().filter(([first = ""]) => first.startsWith("# "))) {
      const path = join(root, name.slice(2));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${lines.join("\n")}\n`);
    }
  });
  after(() => rmSync(root, { recursive: true }));

  it("has examples that load without a word, and does to lines what it says", () => {
    const settings = {
      directories: [{ path: root, isNamed: true }],
      level: "server",
      locale: "UTF-8",
    } as const;
    const { ruleSet, notices } = loadRuleSet(settings, undefined, circumstanceMarkers);
    expect(notices.map(formatNotice)).to.deep.equal([]);
    const conditions = new Conditions(ruleSet, { lowersAtOnce: true, isTold: () => true });
    conditions.begin(stateOfOneRun(conditions, new Date("2026-11-27T12:00:00")));
    const classifier = conditionalClassifier(ruleSet, conditions, {
      selectedLayers: new Set(layers),
      handsOutEarlier: false,
    });
    const shown = blocks()
      .flat()
      .filter((line) => outcome.test(line));
    expect(shown.length).to.be.greaterThan(10);
    const found = shown.map((line) => {
      const bytes = Buffer.from(`${line.replace(outcome, "")}\n`);
      classifier.buffer.set(bytes);
      const { layer, because } = classifier.classify({ kind: "lines", lengthBytes: bytes.length }).verdict(0);
      return `${layer}${because ? ` (${because})` : ""}: ${line.replace(outcome, "")}`;
    });
    expect(found).to.deep.equal(shown);
  });

  it("names every directive", () => {
    const page = readFileSync("man/logwinnow-rules.5", "utf8");
    const parser = readFileSync("src/rules/files/directives.ts", "utf8");
    const names = [...parser.matchAll(/^ {2}\["([a-z-]+)", \{ property/gm)].map(([, name = ""]) => name);
    expect(names).to.include("first-seen");
    expect(names.filter((name) => !page.includes(`.It Cm ${name} Ns =`))).to.deep.equal([]);
  });
});
