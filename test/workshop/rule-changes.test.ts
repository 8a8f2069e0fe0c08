/** Rules that are added and taken back, by several processes at once, and on a disk that refuses. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import {
  addRules,
  lastChangeMs,
  plannedChange,
  undoLastChange,
  type AddedRule,
} from "../../src/workshop/local/rule-changes.js";

const now = new Date("2026-11-22T00:41:26Z");

describe("changes of rules", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "logwinnow-rules-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const added = (name: string, rule: string, list: AddedRule["list"] = "ignored"): AddedRule => ({
    file: join(directory, name),
    list,
    rule,
    proof: `proof of ${rule}`,
    added: "2026-11-22",
  });
  const read = (name: string): string => readFileSync(join(directory, name), "utf8");

  it("of several processes at once lose no rule, and each is taken back once", async () => {
    const module = resolve("build/src/workshop/local/rule-changes.js");
    const all = async (count: number, code: (index: number) => string): Promise<readonly string[]> =>
      Promise.all(
        Array.from({ length: count }, async (_, index) => {
          const text = `const { addRules, undoLastChange } = await import(${JSON.stringify(module)});${code(index)}`;
          const child = spawn(process.execPath, ["--input-type=module", "-e", text]);
          let out = "";
          child.stdout.on("data", (bytes: Buffer) => (out += bytes.toString()));
          await once(child, "close");
          return out;
        }),
      );
    await all(6, (index) => {
      const rules = [0, 1].map((part) => added("app", `^rule ${index} ${part}$`));
      return rules
        .map((rule) => `addRules(${JSON.stringify(directory)}, [${JSON.stringify(rule)}], new Date());`)
        .join("");
    });
    const rules = read("app").match(/^\^rule .*$/gm) ?? [];
    expect(new Set(rules).size).to.equal(12);
    expect(read("app.ignored").match(/^proof of /gm)).to.have.length(12);
    const undone = await all(
      4,
      () =>
        `for (let i = 0; i < 3; i++) console.log(undoLastChange(${JSON.stringify(directory)}).text.match(/\\^rule.*/)[0]);`,
    );
    expect(new Set(undone.join("").trim().split("\n"))).to.deep.equal(new Set(rules));
    expect(existsSync(join(directory, "app"))).to.equal(false);
    expect(undoLastChange(directory)).to.deep.equal({ outcome: "nothing" });
  }).timeout(20_000);

  it("are written all or none: what the disk refuses leaves every file as it was", () => {
    writeFileSync(join(directory, "one"), "# mine\n");
    writeFileSync(join(directory, "stop"), "");
    const rules = [added("one", "^a$"), added("stop/two", "^b$")];
    expect(() => addRules(directory, rules, now)).to.throw(/ENOTDIR|EEXIST/);
    expect(read("one")).to.equal("# mine\n");
    expect(existsSync(join(directory, "one.ignored"))).to.equal(false);
    expect(lastChangeMs(directory), "nothing to take back").to.equal(undefined);
    rmSync(join(directory, "stop"));
    expect(addRules(directory, [...rules, added("one", "^a$")], now)).to.deep.equal([true, true, false]);
    expect(read("one")).to.equal("# mine\n\n#@ added=2026-11-22\n^a$\n");
  });

  it("that a crash left unwritten do not stand before those that can be taken back", () => {
    addRules(directory, [added("one", "^a$")], now);
    const journal = join(directory, ".rule-changes.json");
    const document = JSON.parse(readFileSync(journal, "utf8")) as { changes: object[] };
    document.changes.push({
      atMs: now.getTime(),
      isUnfinished: true,
      additions: [{ file: join(directory, "one"), text: "^b$\n" }],
    });
    writeFileSync(journal, JSON.stringify(document));
    expect(undoLastChange(directory)).to.have.property("outcome", "undone");
    expect(existsSync(join(directory, "one"))).to.equal(false);
  });

  it("are planned as they are written, several in one file too", () => {
    mkdirSync(join(directory, "violations.d"));
    const rules = [
      added("one", "^a$"),
      added("one", "^b$"),
      added("violations.d/local-x", "^c", "violation"),
    ];
    const { files, isNew } = plannedChange(rules);
    expect(isNew).to.deep.equal([true, true, true]);
    addRules(directory, rules, now);
    for (const { path, before, after } of files)
      expect({ before, after: readFileSync(path, "utf8") }).to.deep.equal({ before: "", after });
    expect(files.map(({ path }) => path.slice(directory.length + 1))).to.deep.equal([
      "one",
      "one.ignored",
      "violations.d/local-x",
      "violations.d/local-x.violation",
    ]);
  });
});
