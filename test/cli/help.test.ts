/** The examples that the help shows: each is a command line that works as it stands. */
import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { resolve } from "node:path";
import { parseCommandLine } from "../../src/cli/parse.js";
import { Sandbox } from "../support/cli.js";

const commands = ["check", "filter", "explain", "spool", "status", "show", "ack"];

/** The command lines below "Examples:", on a terminal of the usual width. */
async function examplesOf(command: string): Promise<string[]> {
  const help = await parseCommandLine([command, "--help"], "1", 80);
  const text = help.name === "print" ? help.text : "";
  const [, examples = ""] = text.split("Examples:\n");
  return examples
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.trim());
}

describe("the help's examples", () => {
  let box: Sandbox;
  before(() => {
    box = new Sandbox();
    const line = "2026-11-22T00:41:26.000001+00:00 web1 app[7]: something odd\n";
    for (const name of ["syslog", "auth.log", "auth.log.1.gz"]) box.write(`log/${name}`, line);
    box.write("rules/ignore.d/server/app", "^all is well$\n");
    box.write(
      "logwinnow.toml",
      `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "log/syslog"\n`,
    );
    // Nothing of the machine is read: the configuration and the rules are the test's own.
    box.write(
      "bin/logwinnow",
      `#!/bin/sh\ncase $1 in\n` +
        `filter|explain) set -- "$@" --rules "${box.path("rules")}" ;;\n` +
        `*) set -- "$@" --config "${box.path("logwinnow.toml")}" ;;\nesac\n` +
        `exec "${process.execPath}" "${resolve("dist/logwinnow.cjs")}" "$@"\n`,
    );
    spawnSync("chmod", ["+x", box.path("bin/logwinnow")]);
  });
  after(() => box.remove());

  for (const command of commands)
    it(`of ${command} run`, async () => {
      const examples = await examplesOf(command);
      expect(examples).to.not.deep.equal([]);
      for (const example of examples) {
        // The logs are the test's own, and a tail that follows would never end.
        const line = example.replaceAll("/var/log/", `${box.path("log")}/`).replace("tail -f", "tail");
        expect(line).to.match(/(^|\| )logwinnow /);
        const { status, stderr } = spawnSync("sh", ["-c", line], {
          encoding: "utf8",
          env: { ...box.environment, PATH: `${box.path("bin")}:${process.env.PATH ?? ""}` },
        });
        // 1: nothing remains, or stale. A mail or a kind that is named must be there: 64 says that it is not.
        const expected = / (show|ack) [0-9a-f]/.test(line) ? [64] : [0, 1];
        expect(status, `${line}: ${stderr}`).to.be.oneOf(expected);
      }
    });

  for (const command of ["acct", "migrate"])
    it(`of ${command} parse`, async () => {
      const examples = await examplesOf(command);
      expect(examples).to.not.deep.equal([]);
      for (const example of examples) {
        const [program, ...words] = example.replace(/ >.*$/, "").split(" ");
        expect(program).to.equal("logwinnow");
        expect(await parseCommandLine(words, "1", 80)).to.have.property("name", command);
      }
    });
});
