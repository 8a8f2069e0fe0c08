/**
 * The command line: argv → Command. The only door of yargs.
 * Promise: what the user wrote arrives as it was written, or a UsageError says what is wrong with it.
 */
import yargs from "yargs";
import { layers } from "../classify/layer.js";
import { standardInput, UsageError, type Command } from "./command.js";

const levels = ["paranoid", "server", "workstation"] as const;
const locales = ["C", "UTF-8"] as const;

// yargs reads more into words than was written; each of these switches one such reading off.
const literalReading = {
  "parse-numbers": false, // 1e3 is a file name
  "parse-positional-numbers": false,
  "dot-notation": false, // --a.b is an unknown option
  "greedy-arrays": false, // --rules DIR FILE: one directory, one file
  "boolean-negation": true,
  "camel-case-expansion": false,
  "strip-aliased": true,
  "duplicate-arguments-array": true,
} as const;

const many = { type: "string", array: true, nargs: 1, requiresArg: true } as const;
const one = { type: "string", nargs: 1, requiresArg: true } as const;

const ruleOptions = {
  rules: { ...many, alias: "r", describe: "A directory of rules, in place of the usual ones" },
  level: { ...one, alias: "l", choices: levels, describe: "Which ignore rules apply" },
  locale: { ...one, choices: locales, describe: "How bytes become characters" },
} as const;
const placeOptions = {
  config: { ...one, alias: "c", describe: "The configuration file" },
  state: { ...one, alias: "s", describe: "The state directory" },
} as const;
const json = { type: "boolean", default: false, describe: "Print an object a line" } as const;

// Examples stand whole on a line, to be copied: what one is for is a comment of the shell, not a column of yargs.

/** Options given twice where once is meant arrive as arrays. */
function refuseRepeated(argv: Record<string, unknown>): true {
  for (const [name, value] of Object.entries(argv)) {
    const isMany = ["_", "rules", "r", "source", "layer", "files", "lines"].includes(name);
    if (Array.isArray(value) && !isMany) throw new Error(`Option --${name} was given more than once`);
  }
  return true;
}

function readDays(text: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(text))
    throw new Error(`--days: expected a number from 1 to 9999, found "${text}"`);
  return Number(text);
}

/** What follows `--`: yargs leaves it behind the command's name. */
function behindDashes(words: readonly (string | number)[]): string[] {
  return words.slice(1).map(String);
}

/** Keeps only the keys that have a value: an option that was not given is not there. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/**
 * In: the arguments behind the program's name, the program's version, the terminal's width in columns (null: no limit).
 * Throws UsageError.
 */
export async function parseCommandLine(
  args: readonly string[],
  version: string,
  columns: number | null,
): Promise<Command> {
  let command: Command | undefined;
  let printed = "";
  const words = args.map((word) => (word === "-" ? standardInput : word));
  const parser = yargs()
    .scriptName("logwinnow")
    .locale("en")
    .parserConfiguration(literalReading)
    .usage("$0 COMMAND\n\nReads what the server logged, drops what is routine and reports the rest.")
    .command(
      "check",
      "Read what was logged since the last run, report it, mail it",
      (y) =>
        y
          .options({
            ...placeOptions,
            ...ruleOptions,
            source: { ...many, describe: "A log or a glob, in place of the configured ones" },
            "dry-run": {
              type: "boolean",
              default: false,
              alias: "n",
              describe: "Move nothing, mail nothing",
            },
            stdout: {
              type: "boolean",
              default: false,
              alias: "o",
              describe: "Print the report, do not mail it",
            },
          })
          .example("$0 check  # the hourly job", "")
          .example("$0 check --dry-run --source '/var/log/*.log'  # only look", ""),
      (argv) => {
        command = {
          name: "check",
          options: {
            ...given({
              config: argv.config,
              state: argv.state,
              sources: argv.source,
              rules: argv.rules,
              level: argv.level,
              locale: argv.locale,
            }),
            dryRun: argv["dry-run"],
            stdout: argv.stdout,
          },
        };
      },
    )
    .command(
      "filter [files..]",
      "Print the lines that remain, byte for byte",
      (y) =>
        y
          .positional("files", {
            type: "string",
            array: true,
            default: [],
            describe: "Logs, plain or compressed; - is standard input",
          })
          .options({
            ...ruleOptions,
            layer: { ...many, choices: layers, describe: "Which lines to print [default: all but ignored]" },
            group: {
              type: "boolean",
              default: false,
              alias: "g",
              describe: "Print groups of like lines with their counts",
            },
            count: { type: "boolean", default: false, describe: "Print only how many lines remain" },
            explain: {
              type: "boolean",
              default: false,
              alias: "e",
              describe: "Print the deciding rule before each line",
            },
            json,
            cache: { type: "boolean", default: true, describe: "Keep the automaton on disk between runs" },
            color: { type: "boolean", describe: "Colour the worst lines [default: on a terminal]" },
          })
          .example("$0 filter /var/log/auth.log /var/log/auth.log.1.gz  # the odd", "")
          .example("tail -f /var/log/syslog | $0 filter  # as it happens", "")
          .example("$0 filter --layer never /var/log/syslog  # what should never happen", ""),
      (argv) => {
        command = {
          name: "filter",
          options: {
            ...given({ rules: argv.rules, level: argv.level, locale: argv.locale, color: argv.color }),
            files: [...argv.files, ...behindDashes(argv._)],
            layers: argv.layer ?? ["never", "violation", "remainder"],
            group: argv.group,
            count: argv.count,
            json: argv.json,
            explain: argv.explain,
            cache: argv.cache,
          },
        };
      },
    )
    .command(
      "explain [lines..]",
      "Say which rule decides a line",
      (y) =>
        y
          .positional("lines", {
            type: "string",
            array: true,
            default: [],
            describe: "The line, quoted; none: standard input",
          })
          .options({ ...ruleOptions, json })
          .example("$0 explain 'Nov 22 00:41:26 web1 CRON[9]: (root) CMD (true)'", "")
          .example("grep sshd /var/log/auth.log | $0 explain", ""),
      (argv) => {
        command = {
          name: "explain",
          options: {
            ...given({ rules: argv.rules, level: argv.level, locale: argv.locale }),
            lines: [...argv.lines, ...behindDashes(argv._)].filter((line) => line !== standardInput),
            json: argv.json,
          },
        };
      },
    )
    .command(
      "spool <action> [entry]",
      "List, show or send again what waits to be mailed",
      (y) =>
        y
          .positional("action", { choices: ["list", "show", "flush"] as const, demandOption: true })
          .positional("entry", { type: "string", describe: "The name that list prints, for show" })
          .options({ ...placeOptions, json })
          .example("$0 spool list  # what waits, since when and why", "")
          .example("$0 spool show 00000012.1.mail  # print one mail", "")
          .example("$0 spool flush  # try all of them now, the refused ones too", ""),
      (argv) => {
        command = {
          name: "spool",
          options: {
            action: argv.action,
            ...given({ entry: argv.entry, config: argv.config, state: argv.state }),
            json: argv.json,
          },
        };
      },
    )
    .command(
      "status",
      "Say when the last run succeeded and what waits",
      (y) =>
        y
          .options({ ...placeOptions, json })
          .example("$0 status  # exits 1 when the last success is too old", ""),
      (argv) => {
        command = {
          name: "status",
          options: { ...given({ config: argv.config, state: argv.state }), json: argv.json },
        };
      },
    )
    .command(
      "acct <action> [files..]",
      "Propose the commands that an account may run",
      (y) =>
        y
          .positional("action", { choices: ["learn"] as const, demandOption: true })
          .positional("files", {
            type: "string",
            array: true,
            default: [],
            describe: "Process accounting files",
          })
          .options({
            user: { ...one, demandOption: true, alias: "u", describe: "The account" },
            days: { ...one, default: "7", alias: "d", coerce: readDays, describe: "How far back to look" },
          })
          .example("$0 acct learn --user www-data > /etc/logwinnow/acct.d/www-data", ""),
      (argv) => {
        const { action, files, user, days } = argv;
        command = {
          name: "acct",
          options: { action, files: [...files, ...behindDashes(argv._)], user, days },
        };
      },
    )
    .command(
      "migrate",
      "Make a logwinnow.toml of what is under /etc/logcheck",
      (y) =>
        y
          .options({
            "logcheck-conf": {
              ...one,
              default: "/etc/logcheck/logcheck.conf",
              describe: "The configuration to start from",
            },
            output: { ...one, alias: "o", describe: "The file to make [default: standard output]" },
          })
          .example("$0 migrate -o /etc/logwinnow/logwinnow.toml", ""),
      (argv) => {
        command = {
          name: "migrate",
          options: { logcheckConf: argv["logcheck-conf"], ...given({ output: argv.output }) },
        };
      },
    )
    .command("logcheck", "Stand in for logcheck, with its options (see logwinnow-logcheck(8))", (y) =>
      y.example("$0 logcheck -o -t", "what logcheck would report now, with nothing moved"),
    )
    .command("logcheck-test", "Stand in for logcheck-test, with its options")
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
      throw new UsageError(
        (message || error.message).replace(/\s*\n\s*/g, " "),
        args.find((word) => !word.startsWith("-")),
      );
    });
  await parser.parseAsync(words, {}, (_error: unknown, _argv: unknown, output: string) => {
    printed = output;
  });
  if (command && printed === "") return command;
  return { name: "print", text: printed.endsWith("\n") ? printed : `${printed}\n` };
}
