/** The scripts that `completion` prints and packages bring: each shell gets from its own what the program completes. */
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";
import { must } from "../packaging/packages.js";

describe("completion scripts", () => {
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
  const file = (shell: string): string => box.write(`script.${shell}`, box.run(["completion", shell]).stdout);

  it("work in bash", function () {
    needsTool(this, "bash");
    const script = (...words: readonly string[]) =>
      `. ${file("bash")}; COMP_WORDS=(${words.join(" ")}) COMP_CWORD=${words.length - 1}
       _logwinnow; printf '%s\\n' "\${COMPREPLY[@]}"`;
    expect(ask("bash", script("logwinnow", "sta"))).to.deep.equal(["status"]);
    expect(ask("bash", script("logwinnow", "check", "--mail"))).to.deep.equal(["--mail-only"]);
    // Nothing of ours: bash completes file names.
    expect(ask("bash", script("logwinnow", "filter", "/var/l"))).to.deep.equal([""]);
  });

  it("work in zsh, with descriptions", function () {
    needsTool(this, "zsh");
    // As zsh does it: the file is the body of a function of its name.
    const directory = dirname(box.write("zsh/_logwinnow", box.run(["completion", "zsh"]).stdout));
    const script = `_describe() { print -l -- $found }; _files() { print files }
      fpath=(${directory} $fpath); autoload _logwinnow
      words=(logwinnow check --mail) CURRENT=3; _logwinnow`;
    expect(ask("zsh", script)).to.include(
      "--mail-only:Do nothing while no recipient is set, instead of printing",
    );
    expect(ask("zsh", script.replace("check --mail", "filter /var/l"))).to.deep.equal(["files"]);
  });

  it("work in fish", function () {
    needsTool(this, "fish");
    const script = (line: string) => `source ${file("fish")}; complete --do-complete '${line}'`;
    // A description comes after the tab.
    const words = (line: string) => ask("fish", script(line)).map((offered) => offered.split("\t", 1)[0]);
    expect(words("logwinnow sta")).to.deep.equal(["status"]);
    expect(words("logwinnow check --mail")).to.deep.equal(["--mail-only"]);
  });
});
