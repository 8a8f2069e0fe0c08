/**
 * Parses the command line: argv → Command.
 * Promise: what the user wrote arrives unchanged, or a UsageError says what is wrong with it.
 */
import { standardInput } from "../std/standard-input.js";
import { UsageError, type Command } from "./command.js";
import { offered, shells, usualShell, wordOf } from "./completion.js";
import { completionScripts } from "./completion-scripts.js";
import { addLogCommands } from "./syntax/logs.js";
import { addLogcheckCommands } from "./syntax/logcheck.js";
import { addReportCommands } from "./syntax/reports.js";
import { addSetupCommand } from "./syntax/setup.js";
import { addRuleCommands } from "./syntax/rules.js";
import { refuseRepeated } from "./repeated.js";
import { understood, Understood } from "./understood.js";
import { refusal } from "./refusals.js";
import { aboutUnknown } from "./unknown-words.js";
import { makeParser, type Completer, type Parser } from "./yargs.js";

// As `--help` lists them. Each example is one line that can be copied: its purpose is a shell comment, not a column.
const additions = [
  addSetupCommand,
  addLogCommands,
  addReportCommands,
  addRuleCommands,
  addLogcheckCommands,
  addHelpCommands,
];

/** Of the scripts for shells; the program's name and the words so far follow. */
const completionRequest = "--get-yargs-completions";

/** What yargs found wrong; words that it does not know are looked at once more. */
class Refused extends Error {}

/**
 * In: the arguments after the program's name, the program's version, the terminal's width in columns (null: no limit).
 * Throws UsageError.
 */
export async function parseCommandLine(
  args: readonly string[],
  version: string,
  columns: number | null,
): Promise<Command> {
  const [first, ...words] = args;
  if (first === "help" && !words.some((word) => word.startsWith("-"))) {
    await refuseUnknownCommand(words);
    return parseCommandLine([...words, "--help"], version, columns);
  }
  let text = "";
  try {
    await addCommands(version, columns).parseAsync(
      withoutHelp(args).map((word) => (word === "-" ? standardInput : word)),
      {},
      (_error: unknown, _argv: unknown, output: string) => {
        text = output;
      },
    );
  } catch (thrown) {
    if (thrown instanceof Understood) return thrown.command;
    if (thrown instanceof Refused) throw await usageError(thrown.message, args);
    throw thrown;
  }
  return { name: "print", text: text.endsWith("\n") ? text : `${text}\n` };
}

function addCommands(version: string, columns: number | null): Parser {
  const parser = makeParser().usage(
    "$0 COMMAND\n\nReads what the server logged, drops what is routine and reports the rest.",
  );
  return (
    additions
      .reduce((y, add) => add(y), parser)
      // yargs' own command for scripts is out of the way: ours takes the shell's name.
      .completion("yargs-completion-script", false, ((current, _argv, complete, done) =>
        complete((_error, found = []) => done(offered(found, current)))) satisfies Completer)
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
        throw new Refused((message || error.message).replace(/\s*\n\s*/g, " "));
      })
  );
}

function addHelpCommands(y: Parser): Parser {
  return y
    .command("help [command..]", "Show the help of a command", (y) =>
      y
        .positional("command", { type: "string", array: true, describe: "Its name, such as rules lint" })
        .example("$0 help rules lint", ""),
    )
    .command(
      "completion [shell]",
      "Print a completion script for the shell",
      (y) =>
        y
          .positional("shell", { choices: shells, describe: "Which [default: the one that SHELL names]" })
          .example("$0 completion bash > ~/.local/share/bash-completion/completions/logwinnow", ""),
      ({ shell = usualShell() }) => understood({ name: "print", text: completionScripts[shell] }),
    );
}

/** `help` is completed as the command is that follows it. */
function withoutHelp(args: readonly string[]): readonly string[] {
  const [first, program = "", second, ...words] = args;
  return first === completionRequest && second === "help" ? [first, program, ...words] : args;
}

/** What may follow these words, the last of which may be begun: commands, or options. */
async function candidates(words: readonly string[]): Promise<string[]> {
  let text = "";
  await addCommands("", null).parseAsync(
    [completionRequest, "logwinnow", ...words],
    {},
    (_error: unknown, _argv: unknown, output: string) => {
      text = output;
    },
  );
  return text.split("\n").map((each) => wordOf(each));
}

async function refuseUnknownCommand([first]: readonly string[]): Promise<void> {
  if (first === undefined || (await candidates([""])).includes(first)) return;
  throw new UsageError(await aboutUnknown(first, [first], candidates), undefined);
}

/** The error in words of ours. */
async function usageError(message: string, args: readonly string[]): Promise<UsageError> {
  const first = args.find((word) => !word.startsWith("-"));
  const command = first !== undefined && (await candidates([""])).includes(first) ? first : undefined;
  return new UsageError(await refusal(message, args, candidates), command);
}
