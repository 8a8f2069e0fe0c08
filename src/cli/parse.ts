/**
 * Parses the command line: argv → Command.
 * Promise: what the user wrote arrives unchanged, or a UsageError says what is wrong with it.
 */
import { standardInput } from "../std/standard-input.js";
import { UsageError, type Command } from "./command.js";
import { addLogCommands } from "./syntax/logs.js";
import { addLogcheckCommands } from "./syntax/logcheck.js";
import { addReportCommands } from "./syntax/reports.js";
import { addRuleCommands } from "./syntax/rules.js";
import { refuseRepeated } from "./repeated.js";
import { Understood } from "./understood.js";
import { makeParser, type Parser } from "./yargs.js";

// As `--help` lists them. Each example is one line that can be copied: its purpose is a shell comment, not a column.
const additions = [addLogCommands, addReportCommands, addRuleCommands, addLogcheckCommands];

/**
 * In: the arguments after the program's name, the program's version, the terminal's width in columns (null: no limit).
 * Throws UsageError.
 */
export async function parseCommandLine(
  args: readonly string[],
  version: string,
  columns: number | null,
): Promise<Command> {
  let text = "";
  try {
    await addCommands(args, version, columns).parseAsync(
      args.map((word) => (word === "-" ? standardInput : word)),
      {},
      (_error: unknown, _argv: unknown, output: string) => {
        text = output;
      },
    );
  } catch (thrown) {
    if (thrown instanceof Understood) return thrown.command;
    throw thrown;
  }
  return { name: "print", text: text.endsWith("\n") ? text : `${text}\n` };
}

function addCommands(args: readonly string[], version: string, columns: number | null): Parser {
  const parser = makeParser().usage(
    "$0 COMMAND\n\nReads what the server logged, drops what is routine and reports the rest.",
  );
  return additions
    .reduce((y, add) => add(y), parser)
    .completion("completion", "Print a completion script for the shell")
    .demandCommand(1, 1, "Which command?", "One command at a time")
    .strict()
    .check(refuseRepeated, true)
    .version(version)
    .help()
    .alias({ help: "h", version: "V" })
    .wrap(columns)
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      if (error instanceof Understood) throw error;
      throw new UsageError(
        (message || error.message).replace(/\s*\n\s*/g, " "),
        args.find((word) => !word.startsWith("-")),
      );
    });
}
