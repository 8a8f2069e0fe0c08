/** What a user gets who presses Tab. */
import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { parseCommandLine } from "../../src/cli/parse.js";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";

/** In: the words after the program's name, the last of which is begun. */
async function offeredFor(...words: string[]): Promise<string[]> {
  const printed = await parseCommandLine(["--get-yargs-completions", "logwinnow", ...words], "1", 80);
  return printed.name === "print" ? printed.text.split("\n").filter((word) => word.trim() !== "") : [];
}

describe("completion", () => {
  it("offers commands, and those of a group", async () => {
    expect(await offeredFor("")).to.include.members(["check", "filter", "help", "completion", "rules"]);
    expect(await offeredFor("rules", ""))
      .to.include.members(["lint", "test", "undo"])
      .and.not.include("filter");
    expect(await offeredFor("help", "")).to.include.members(["check", "rules"]);
    expect(await offeredFor("help", "rules", "")).to.include.members(["lint"]);
  });

  it("offers options by their long names, to who began one", async () => {
    const options = await offeredFor("filter", "--e");
    expect(options).to.include.members(["--explain", "--no-cache", "--group"]);
    expect(options.filter((option) => !/^--[a-z][a-z-]+$/.test(option))).to.deep.equal([]);
    expect(await offeredFor("rules", "lint", "--")).to.include("--fix");
  });

  for (const words of [
    ["filter", ""],
    ["check", "--config", ""],
    ["show", ""],
  ])
    it(`offers nothing after ${words.join(" ")}, so that the shell offers files`, async () => {
      expect(await offeredFor(...words)).to.deep.equal([]);
    });

  it("offers the values of an option or of a word, where they are few", async () => {
    expect(await offeredFor("check", "--level", "")).to.deep.equal(["paranoid", "server", "workstation"]);
    expect(await offeredFor("spool", "")).to.deep.equal(["list", "show", "flush"]);
    expect(await offeredFor("completion", "")).to.deep.equal(["bash", "zsh", "fish"]);
  });

  it("has a script for each shell, and for the one that SHELL names", async () => {
    const scriptOf = async (...words: string[]): Promise<string> => {
      const printed = await parseCommandLine(["completion", ...words], "1", 80);
      return printed.name === "print" ? printed.text : "";
    };
    expect(await scriptOf("zsh")).to.match(/^#compdef logwinnow\n/);
    expect(await scriptOf("fish")).to.match(/^complete --command logwinnow /m);
    const before = process.env.SHELL;
    try {
      process.env.SHELL = "/usr/bin/fish";
      expect(await scriptOf()).to.equal(await scriptOf("fish"));
      process.env.SHELL = "/bin/dash";
      expect(await scriptOf()).to.equal(await scriptOf("bash"));
    } finally {
      if (before === undefined) delete process.env.SHELL;
      else process.env.SHELL = before;
    }
  });

  it("works in bash, files included", function () {
    this.timeout(10_000);
    needsTool(this, "bash");
    const box = new Sandbox();
    try {
      box.write(
        "bin/logwinnow",
        `#!/bin/sh\nexec "${process.execPath}" "${resolve("dist/logwinnow.cjs")}" "$@"\n`,
      );
      chmodSync(box.path("bin/logwinnow"), 0o755);
      const tab = (...words: string[]): string[] => {
        const script =
          "source <(logwinnow completion bash)\n" +
          'COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))\n_logwinnow\nprintf "%s\\n" "${COMPREPLY[@]}"\n';
        const { stdout } = spawnSync("bash", ["-c", script, "bash", "logwinnow", ...words], {
          encoding: "utf8",
          env: { ...box.environment, PATH: `${box.path("bin")}:${process.env.PATH ?? ""}` },
        });
        return stdout.split("\n").filter((word) => word !== "");
      };
      expect(tab("che")).to.deep.equal(["check"]);
      expect(tab("filter", "--exp")).to.deep.equal(["--explain"]);
      expect(tab("check", "--level", "w")).to.deep.equal(["workstation"]);
      expect(tab("filter", "")).to.deep.equal([]);
    } finally {
      box.remove();
    }
  });
});
