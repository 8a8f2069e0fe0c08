/** The texts of the dialogue that others read: a diff that patch applies, and what is edited. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { editText, readEdited } from "../../src/triage/edit-text.js";
import { unifiedDiff } from "../../src/triage/unified-diff.js";
import { needsTool } from "../support/tools.js";

describe("the diff of triage", () => {
  const cases: readonly (readonly [what: string, before: string, after: string])[] = [
    ["a file that is not there", "", "^a$\n^b$\n"],
    ["one line", "^a$\n", "^a$\n\n^b$\n"],
    ["many lines", "1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\n6\n\n7\n"],
    ["a last line without a newline", "1\n2", "1\n2\n\n3\n"],
    ["one line without a newline", "1", "1\n2\n"],
  ];
  for (const [what, before, after] of cases)
    it(`of ${what} makes of the file before the file after`, function () {
      needsTool(this, "patch");
      const directory = mkdtempSync(join(tmpdir(), "logwinnow-diff-"));
      const path = join(directory, "rules");
      if (before !== "") writeFileSync(path, before);
      const input = `${unifiedDiff([{ path, before, after }]).join("\n")}\n`;
      const { status, stdout } = spawnSync("patch", ["--fuzz=0", path], { input, encoding: "utf8" });
      expect(status, stdout + input).to.equal(0);
      expect(readFileSync(path, "utf8")).to.equal(after);
      rmSync(directory, { recursive: true });
    });
});

describe("the text that triage edits", () => {
  const kind = {
    id: "0f3a9c12de45",
    layer: "remainder" as const,
    shape: "app: odd *",
    lines: ["Nov 22 00:41:26 web1 app: odd \x1b[2J 1"],
    count: 3,
    isRemembered: false,
  };
  const advice = { ignore: { rule: "^odd [0-9]+$", others: [] }, raise: { refused: "no" } };

  it("is read as the rule that it begins with, and shows lines without their controls", () => {
    const text = editText(kind, advice, "^fallback$");
    expect(text).to.include("#   Nov 22 00:41:26 web1 app: odd \\x1b[2J 1\n");
    expect(readEdited(text)).to.deep.equal({ rule: "^odd [0-9]+$" });
    expect(readEdited(editText(kind, { ...advice, ignore: { refused: "no" } }, "^fallback$"))).to.deep.equal({
      rule: "^fallback$",
    });
    const own = { rule: "^caf\xc3\xa9$", reason: "dit \u00e9", title: "caf\u00e9 opened" };
    expect(readEdited(editText(kind, { ...advice, own: { ...own, title: "opened" } }, ""))).to.deep.equal({
      ...own,
      title: "opened",
    });
  });

  const problems: readonly (readonly [string, RegExp | undefined])[] = [
    ["# nothing\n\n", undefined],
    ["^a$\n^b$\n", /more than one rule/],
    ['#@ title="x"\n^a$\n', /column \d+ of the comment: unknown value "x" of "title"/],
    ["#@ max=20/h\n^a$\n", /reason and title alone/],
    ["#@ reason=\n^a$\n", /column/],
  ];
  for (const [text, problem] of problems)
    it(`${JSON.stringify(text)} is ${problem === undefined ? "no rule" : "named"}`, () => {
      const read = readEdited(text);
      if (problem === undefined) expect(read).to.equal(undefined);
      else expect(read).to.have.property("problem").that.matches(problem);
    });
});
