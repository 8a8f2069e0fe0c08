/** F52: "message repeated 5 times: [ … ]" was judged as it stands: reported though routine, or no alarm though one. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { createRuleClassifier, reportedLayers } from "../../src/rules/classify/rule-classifier.js";
import { journalSource } from "../../src/sources/journal/journal.js";
import { exportOf, importJournal, remote } from "../sources/journals.js";
import { context, run, temporaryDirectory } from "../sources/reading.js";
import { needsTool } from "../support/tools.js";
import { lineExplainer } from "../../src/rules/explain.js";
import { verdictOf } from "../../src/rules/layers.js";
import { compileRules } from "../../src/rules/rule-set.js";
import type { Layer } from "../../src/rules/layer.js";
import type { Rule } from "../../src/rules/rule.js";
import type { RuleList } from "../../src/rules/rule-list.js";

const anyHeader = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ app(\\[[0-9]+\\])?: ";
const rule = (list: RuleList, text: string): Rule => ({
  list,
  file: `${list}/x`,
  line: 1,
  text: anyHeader + text,
});
const set = compileRules(
  [
    rule("ignored", "all is well$"),
    rule("ignored", "a list \\[[^]]*\\]$"),
    rule("ignored", "a{795,900}$"),
    rule("never", "the store is open$"),
    rule("violation", "denied"),
    rule("ignored", "message repeated [0-9]+ times: \\[ known\\]$"),
  ],
  { locale: "UTF-8", widensHeaders: true },
);

const cases: readonly (readonly [what: string, message: string, layer: Layer])[] = [
  ["what is routine", "message repeated 3 times: [ all is well]", "ignored"],
  ["an alarm", "message repeated 3 times: [ the store is open]", "never"],
  ["a violation", "message repeated 12 times: [ denied]", "violation"],
  ["news", "message repeated 2 times: [ news]", "remainder"],
  ["brackets of its own", "message repeated 2 times: [ a list [1, 2]]", "ignored"],
  ["no space after the bracket", "message repeated 2 times: [all is well]", "ignored"],
  ["what a rule ignores as it is", "message repeated 2 times: [ known]", "ignored"],
  ["what rsyslog may have cut", `message repeated 2 times: [ ${"a".repeat(799)}]`, "remainder"],
  ["what rsyslog has not cut", `message repeated 2 times: [ ${"a".repeat(796)}]`, "ignored"],
  ["what ends elsewhere", "message repeated 2 times: [ all is well] not", "remainder"],
  ["what another program says of it", "seen: message repeated 2 times: [ all is well]", "remainder"],
  ["nothing", "message repeated 2 times: []", "remainder"],
];

const header = "Nov 22 12:00:00 web1 app[9]: ";

describe("F52: a line that says that a message was repeated", () => {
  const layers: readonly Layer[] = ["never", "violation", "remainder", "ignored"];
  for (const [what, message, layer] of cases)
    it(`is judged by what it repeats: ${what}`, () => {
      for (const selected of [reportedLayers, new Set(layers), ...layers.map((one) => new Set([one]))]) {
        const classifier = createRuleClassifier(set, { selectedLayers: selected });
        const text = `${header}all is well\n${header}${message}\n${header}denied\n`;
        classifier.buffer.set(Buffer.from(text));
        const lines = classifier.classify({ kind: "lines", lengthBytes: text.length });
        const given = Array.from({ length: lines.selectedCount }, (_, index) => [
          Buffer.from(lines.line(index)).toString(),
          lines.verdict(index).layer,
        ]);
        const expected = [
          [`${header}all is well\n`, "ignored"],
          [`${header}${message}\n`, layer],
          [`${header}denied\n`, "violation"],
        ].filter(([, one]) => selected.has(one as Layer));
        // Shown as it was, and one line in the ledger.
        expect(given).to.deep.equal(expected);
        expect(lines.lineCount).to.equal(3);
        const counts: Partial<Record<Layer, number>> = { ignored: 1 };
        counts[layer] = (counts[layer] ?? 0) + 1;
        counts.violation = (counts.violation ?? 0) + 1;
        const counted: Partial<Record<Layer, number>> = {};
        for (const [verdict, count] of classifier.takeCounts())
          counted[verdict.layer] = (counted[verdict.layer] ?? 0) + count;
        expect(counted).to.deep.equal(counts);
        expect(classifier.verdictOn(Buffer.from(header + message)).layer).to.equal(layer);
      }
      const { matching } = lineExplainer(set)(Buffer.from(header + message));
      expect(verdictOf(matching).layer).to.equal(layer);
    });
});

describe("F52: the process number of a journal entry", () => {
  const directory = temporaryDirectory();
  it("is the one that journalctl shows, whichever fields there are", async function () {
    needsTool(this, "journalctl", remote);
    const path = join(directory, "a.journal");
    const entries = exportOf([
      { number: 0, fields: { MESSAGE: "both", SYSLOG_PID: "77" } },
      { number: 1, fields: { MESSAGE: "seen by journald alone" } },
      { number: 2, fields: { MESSAGE: "claimed alone", SYSLOG_PID: "77", _PID: "none" } },
      { number: 3, fields: { MESSAGE: "neither", _PID: "none" } },
    ]);
    importJournal(path, Buffer.from(entries.toString("latin1").replaceAll("_PID=none\n", ""), "latin1"));
    const shown = execFileSync("journalctl", ["--file", path, "-o", "short", "-q"], {
      env: { ...process.env, TZ: "UTC" },
    });
    const journalctlArguments = ["--file", path];
    const { lines } = await run(
      journalSource({ kind: "journal", journalctlArguments, firstRun: { kind: "all" } }, context),
    );
    expect(lines.map((line) => line.slice(16)).join("")).to.equal(
      shown.toString("latin1").replaceAll(/^.{16}/gm, ""),
    );
    expect(lines.map((line) => /app(\[\d+\])?:/.exec(line)?.[1] ?? "")).to.deep.equal([
      "[9]",
      "[9]",
      "[77]",
      "",
    ]);
  });
});
