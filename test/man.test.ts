import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { parseCommandLine } from "../src/cli/parse.js";
import { Sandbox } from "./support/cli.js";
import { doubtfulForms, otherForms } from "./support/forms.js";
import { needsTool } from "./support/tools.js";

const pages = readdirSync("man").map((name) => `man/${name}`);

describe("the manuals", () => {
  for (const page of pages) {
    it(`${page} is clean mdoc`, function () {
      needsTool(this, "mandoc");
      const { stdout } = spawnSync("mandoc", ["-T", "lint", page], { encoding: "utf8" });
      // Whether a page it refers to is installed says nothing about this one.
      const complaints = stdout
        .split("\n")
        .filter((line) => line && !line.includes("referenced manual not found"));
      expect(complaints).to.deep.equal([]);
    });
  }

  it("are in docs/ as HTML, as they are now: npm run docs", function () {
    needsTool(this, "mandoc");
    const box = new Sandbox();
    try {
      spawnSync(process.execPath, ["packaging/docs.mjs", box.directory]);
      const made = readdirSync(box.directory);
      expect(made).to.have.length(pages.length);
      for (const name of made)
        expect(readFileSync(`docs/${name}`, "utf8") === readFileSync(box.path(name), "utf8"), name).to.equal(
          true,
        );
    } finally {
      box.remove();
    }
  });

  it("are all installed with the package", () => {
    const { man } = JSON.parse(readFileSync("package.json", "utf8")) as { man: string[] };
    expect([...man].sort()).to.deep.equal([...pages].sort());
  });

  it("logwinnow-forms(7) names every form", () => {
    const page = readFileSync("man/logwinnow-forms.7", "utf8");
    const names = Object.keys({ ...otherForms, ...doubtfulForms }).filter((name) => !name.includes("then:"));
    const unnamed = names.filter((name) => !page.includes(name.replace("journalctl -o ", "")));
    expect(unnamed).to.deep.equal([]);
  });

  for (const command of [
    "check",
    "filter",
    "explain",
    "spool",
    "status",
    "setup",
    "test-mail",
    "show",
    "ack",
    "ignore",
    "raise",
    "triage",
    "acct",
    "rules test",
    "rules replay",
    "rules stats",
    "rules suggest",
    "migrate",
  ]) {
    it(`logwinnow(8) names every option of ${command}`, async () => {
      const page = readFileSync("man/logwinnow.8", "utf8").replaceAll("\\-", "-");
      const help = await parseCommandLine([...command.split(" "), "--help"], "1", null);
      const text = help.name === "print" ? help.text : "";
      const options = [...text.matchAll(/ --([a-z-]+) /g)].map(([, name]) => name);
      const unnamed = options.filter(
        (name) =>
          !["help", "version"].includes(name ?? "") &&
          !page.includes(`Fl -${name}`) &&
          !page.includes(`Fl -no-${name}`) &&
          !page.includes(`, -${name}`),
      );
      expect(options).to.not.deep.equal([]);
      expect(unnamed).to.deep.equal([]);
    });
  }
});
