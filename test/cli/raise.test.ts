/** `raise` as a user meets it: from a line that something hides, or nothing decides, to an alarm, and back. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { Sandbox, type Outcome } from "../support/cli.js";

const header = String.raw`^\w{3} [ :0-9]{11} [._[:alnum:]-]+ `;
const line = (message: string): string => `Nov 22 00:41:26 web1 ${message}`;
const degraded = line("raidwatch[812]: array 3 degraded");

describe("raise", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    box.write("empty.toml", `[[source]]\nkind = "file"\npath = "app.log"\n`);
    box.write("rules/ignore.d/server/raidwatch", `${header}raidwatch\\[[0-9]+\\]: array [0-9]+ [a-z]+$\n`);
    box.write(
      "log",
      [degraded, line("raidwatch[9]: array 12 degraded"), line("raidwatch[9]: array 12 clean")].join("\n"),
    );
  });
  afterEach(() => box.remove());
  /** Without a configuration the history would be that of this machine. */
  const configured = (args: readonly string[]): readonly string[] =>
    args[0] === "raise" ? [...args, "--config", box.path("empty.toml")] : args;
  const run = (args: readonly string[], input = ""): Outcome =>
    box.run([...configured(args), "--rules", box.path("rules")], { input });
  const layerOf = (layer: string): string => run(["filter", "--layer", layer, box.path("log")]).stdout;

  it("raises what a rule ignores, with a title and a proof, says what else it raises, and is taken back", () => {
    const told = ["--reason", "lost a disk", "--title", "array degraded"];
    const { stdout, stderr, status } = run(["raise", "--yes", "--log", "log", ...told, degraded]);
    expect({ stderr, status }).to.deep.equal({ stderr: "", status: 0 });
    expect(stdout).to.include("this rule: matches 2 lines\n").and.include("raises 2 lines of 1 kind:\n");
    const file = box.path("rules/violations.d/local-raidwatch");
    expect(readFileSync(file, "utf8")).to.match(
      /^#@ added=\d{4}-\d\d-\d\d reason="lost a disk" title="array degraded"\n\^\\w.*: array \[0-9\]\+ degraded\n$/,
    );
    expect(readFileSync(`${file}.violation`, "utf8")).to.equal(`${degraded}\n`);
    expect(run(["rules", "test", "--file", file]).status).to.equal(0);
    expect(layerOf("violation")).to.equal(`${degraded}\n${line("raidwatch[9]: array 12 degraded")}\n`);
    expect(run(["raise", "--yes", degraded]).stderr).to.match(/: violation by .*:2: nothing to do\n$/);
    expect(run(["rules", "undo"]).stdout).to.match(/^taken back from .*local-raidwatch\.violation:\n/);
    expect(layerOf("violation")).to.equal("");
    expect(readdirSync(box.path("rules/violations.d"))).to.deep.equal([]);
  });

  it("makes an alarm of a violation with --never, and of lines that a canceller spares", () => {
    box.write("rules/violations.ignore.d/raidwatch", "raidwatch.*degraded$\n");
    const refused = run(["raise", "--yes", degraded]);
    expect(refused.stderr).to.match(
      /violations\.ignore\.d\/raidwatch:1 cancels what would raise .*: --never raises them all the same: no rule made\n$/,
    );
    expect(refused.status).to.equal(1);
    expect(run(["raise", "--never", "--yes", degraded]).status).to.equal(0);
    expect(layerOf("never").split("\n")).to.have.length(3);
    expect(readFileSync(box.path("rules/never.d/local-raidwatch.never"), "utf8")).to.equal(`${degraded}\n`);
  });

  it("knows a kind by the id that filter prints, of ignored lines too", () => {
    box.write(
      "logwinnow.toml",
      `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\n`,
    );
    const recent = new Date(Date.now() - 3_600_000).toISOString();
    const words = ["array 3 degraded", "array 4 degraded", "array 4 clean"];
    const log = box.write("app.log", words.map((word) => `${recent} web1 raidwatch[7]: ${word}\n`).join(""));
    const [first = ""] = run(["filter", "--json", "--layer", "ignored", log]).stdout.split("\n");
    const { kind } = JSON.parse(first) as { kind: string };
    const named = ["--config", box.path("logwinnow.toml"), kind.slice(0, 6)];
    const { stdout, stderr, status } = box.run(["raise", "--yes", ...named]);
    expect({ stderr, status }).to.deep.equal({ stderr: "", status: 0 });
    expect(stdout).to.include("raises 2 lines of 1 kind:");
    expect(run(["filter", "--layer", "violation", log]).stdout.split("\n")).to.have.length(3);
    expect(box.run(["raise", "--yes", ...named]).stderr).to.include("no such lines in the history");
  });

  it("stays open at its end unless that would raise lines of another kind", () => {
    box.write("log", [degraded, line("raidwatch[9]: array 12 degraded, spare 4 took over")].join("\n"));
    box.write("rules/ignore.d/server/more", `${header}raidwatch\\[[0-9]+\\]: array .* took over$\n`);
    run(["raise", "--yes", "--log", "log", degraded]);
    expect(layerOf("violation")).to.equal(`${degraded}\n`);
  });

  it("takes the last rule back whichever directory it is in, and what earlier versions wrote", () => {
    box.write("log", line("app: odd"));
    run(["ignore", "--yes", line("app: odd")]);
    run(["raise", "--yes", line("app: broken")]);
    run(["ignore", "--yes", line("app: even")]);
    const undone = (): string | undefined => /odd|broken|even/.exec(run(["rules", "undo"]).stdout)?.[0];
    expect([undone(), undone(), undone()]).to.deep.equal(["even", "broken", "odd"]);
    const file = box.write("rules/ignore.d/local/old", "^old$\n");
    const version1 = { version: 1, changes: [[{ file, text: "^old$\n" }]] };
    box.write("rules/ignore.d/local/.added-by-ignore.json", JSON.stringify(version1));
    writeFileSync(box.path("rules/.rule-changes.json"), "of a later version");
    expect(run(["rules", "undo"]).status).to.equal(0);
    expect(existsSync(file)).to.equal(false);
  });

  it("refuses a title that no rule may have, and a directory that has only ignore rules", () => {
    expect(run(["raise", "--title", "é", degraded])).to.deep.include({ status: 64 });
    box.write("flat/app", "^odd$\n");
    const { stderr, status } = box.run(["raise", "--yes", "--rules", box.path("flat"), degraded]);
    expect(stderr).to.include(
      "that has directories for other rules than those that ignore can be written to",
    );
    expect(status).to.equal(1);
  });
});
