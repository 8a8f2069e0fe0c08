/** The completions that packages bring: each shell reads its file, and gets from it what the program completes. */
import { mkdirSync, symlinkSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";
import { must } from "./packages.js";

describe("completions", () => {
  let box: Sandbox;
  before(() => {
    box = new Sandbox();
    mkdirSync(box.path("bin"));
    symlinkSync(resolve("dist/logwinnow.cjs"), box.path("bin/logwinnow"));
  });
  after(() => box.remove());

  function ask(shell: string, script: string): string[] {
    const env = { ...box.environment, PATH: `${box.path("bin")}:${process.env.PATH}` };
    return must(shell, ["-c", script], env).trim().split("\n");
  }
  const file = (name: string): string => resolve("packaging/completions", name);

  it("work in bash", function () {
    needsTool(this, "bash");
    const script = (...words: readonly string[]) =>
      `. ${file("logwinnow.bash")}; COMP_WORDS=(${words.join(" ")}) COMP_CWORD=${words.length - 1}
       _logwinnow; printf '%s\\n' "\${COMPREPLY[@]}"`;
    expect(ask("bash", script("logwinnow", "sta"))).to.deep.equal(["status"]);
    expect(ask("bash", script("logwinnow", "check", "--mail"))).to.deep.equal(["--mail-only"]);
    // Nothing of ours: bash completes file names.
    expect(ask("bash", script("logwinnow", "filter", "/var/l"))).to.deep.equal([""]);
  });

  it("work in zsh, with descriptions", function () {
    needsTool(this, "zsh");
    const script = `_describe() { print -l -- $found }; _files() { print files }
      complete_them() { . ${file("_logwinnow")} }
      words=(logwinnow check --mail) CURRENT=3; complete_them`;
    expect(ask("zsh", script)).to.include(
      "--mail-only:Do nothing while no recipient is set, instead of printing",
    );
    expect(ask("zsh", script.replace("check --mail", "filter /var/l"))).to.deep.equal(["files"]);
  });

  it("work in fish", function () {
    needsTool(this, "fish");
    const script = (line: string) => `source ${file("logwinnow.fish")}; complete --do-complete '${line}'`;
    expect(ask("fish", script("logwinnow sta"))).to.deep.equal(["status"]);
    expect(ask("fish", script("logwinnow check --mail"))).to.deep.equal(["--mail-only"]);
  });
});
