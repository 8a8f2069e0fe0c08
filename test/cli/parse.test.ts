import { expect } from "chai";
import { UsageError, type Command } from "../../src/cli/command.js";
import { parseCommandLine } from "../../src/cli/parse.js";

const parse = (...args: string[]): Promise<Command> => parseCommandLine(args, "1.2.3", 80);

async function options(...args: string[]): Promise<Record<string, unknown>> {
  const command = await parse(...args);
  if (command.name === "print") throw new Error(command.text);
  return { ...command.options };
}

async function complaint(...args: string[]): Promise<string> {
  try {
    await parse(...args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return "";
}

describe("the command line", () => {
  it("keeps a lone dash among the files, as standard input, in its place", async () => {
    expect(await options("filter", "a", "-", "b")).to.deep.include({ files: ["a", "/dev/stdin", "b"] });
  });
  it("keeps file names that look like numbers as they are written", async () => {
    expect(await options("filter", "1e3", "007", "0x10")).to.deep.include({ files: ["1e3", "007", "0x10"] });
  });
  it("takes what follows -- as files, dashes and all", async () => {
    expect(await options("filter", "a", "--", "-x", "--count")).to.deep.include({
      files: ["a", "-x", "--count"],
      count: false,
    });
  });
  it("gives an option that may be repeated one word each, and leaves the operands alone", async () => {
    expect(await options("filter", "--rules", "one", "file", "--rules", "two")).to.deep.include({
      rules: ["one", "two"],
      files: ["file"],
    });
  });
  it("leaves out what was not given", async () => {
    expect(await options("check")).to.deep.equal({ dryRun: false, stdout: false, mailOnly: false });
  });

  const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      "an option given twice",
      ["check", "--config", "a", "--config", "b"],
      /--config was given more than once/,
    ],
    ["an unknown option", ["check", "--bogus"], /bogus/],
    ["an unknown option with a dot", ["check", "--a.b", "1"], /a\.b/],
    ["an unknown command", ["bogus"], /bogus/],
    ["no command", [], /Which command/],
    ["a stray operand", ["check", "stray"], /stray/],
    ["an option without its value", ["check", "--level"], /level/],
    ["a value that is none of the choices", ["check", "--level", "x"], /paranoid/],
  ];
  for (const [what, args, expected] of mistakes) {
    it(`refuses ${what}, in one line`, async () => {
      const message = await complaint(...args);
      expect(message).to.match(expected);
      expect(message).not.to.include("\n");
    });
  }

  const meant: readonly (readonly [readonly string[], string])[] = [
    [["chekc"], 'unknown command "chekc" (did you mean "check"?)'],
    [["stat"], 'unknown command "stat" (did you mean "status"?)'],
    [["xyzzy"], 'unknown command "xyzzy"'],
    [["help", "fitler"], 'unknown command "fitler" (did you mean "filter"?)'],
    [["rules", "lnit"], 'rules: unknown command "lnit" (did you mean "lint"?)'],
    [["rules", "lint", "--fx"], 'unknown option "--fx" (did you mean "--fix"?)'],
    [["check", "--dryrun"], 'unknown option "--dryrun" (did you mean "--dry-run"?)'],
    [["check", "--confg=x"], 'unknown option "--confg" (did you mean "--config"?)'],
    [["filter", "-z"], 'unknown option "-z"'],
    [["check", "stray"], 'unexpected argument "stray"'],
    [
      ["check", "--level", "sever"],
      '--level: expected paranoid, server or workstation, found "sever" (did you mean "server"?)',
    ],
    [["spool", "lst"], 'spool: expected list, show or flush, found "lst" (did you mean "list"?)'],
    [["check", "--config"], "--config: needs a value"],
    [["check", "-C", "51"], '--context: expected a number from 0 to 50, found "51"'],
    [["acct", "learn"], "--user: missing"],
  ];
  for (const [args, expected] of meant)
    it(`says of ${args.join(" ")}: ${expected}`, async () => {
      expect(await complaint(...args)).to.equal(expected);
    });

  it("shows the help of a command, and of one below it", async () => {
    const helpOf = async (...args: string[]): Promise<string> => {
      const help = await parse(...args);
      return help.name === "print" ? help.text : "";
    };
    expect(await helpOf("help", "rules", "lint")).to.equal(await helpOf("rules", "lint", "--help"));
    expect(await helpOf("help")).to.equal(await helpOf("--help"));
  });

  it("speaks English whatever LANG says", async () => {
    const before = process.env.LANG;
    process.env.LANG = "de_DE.UTF-8";
    try {
      expect(await complaint("check", "--bogus")).to.equal('unknown option "--bogus"');
    } finally {
      if (before === undefined) delete process.env.LANG;
      else process.env.LANG = before;
    }
  });

  for (const command of ["check", "filter", "explain", "spool", "status", "show", "ack"]) {
    it(`shows an example in the help of ${command}`, async () => {
      const help = await parse(command, "--help");
      expect(help).to.have.property("name", "print");
      expect(help)
        .to.have.property("text")
        .that.matches(/Examples:/);
    });
  }
  it("prints the version it was given", async () => {
    expect(await parse("--version")).to.deep.equal({ name: "print", text: "1.2.3\n" });
  });
});
