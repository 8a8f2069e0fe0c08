/**
 * Parses the command line: argv → Command. The only door of yargs.
 * Promise: what the user wrote arrives unchanged, or a UsageError says what is wrong with it.
 */
import yargs from "yargs";
import { standardInput } from "../std/standard-input.js";
import { UsageError, type Command } from "./command.js";
import {
  ackOptions,
  acctFiles,
  acctOptions,
  canaryFiles,
  checkOptions,
  checkRulesOptions,
  checkTest,
  explainedWords,
  filterFiles,
  filterOptions,
  ignoredWords,
  ignoreOptions,
  importedFiles,
  importOptions,
  json,
  kindIds,
  lintedFiles,
  lintOptions,
  migrateOptions,
  placeOptions,
  refuseRepeated,
  reportOptions,
  ruleOptions,
  suggestedLogs,
  suggestOptions,
  showOptions,
  testedLogs,
  testOptions,
} from "./option-tables.js";

// yargs reads more into arguments than was written; each of these switches one such reading off.
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

/**
 * Carries the command out of yargs. When a handler returns, yargs lays out the help text, which nobody asked for:
 * that took half of the time needed to read a command line.
 */
class Understood extends Error {
  readonly command: Command;

  constructor(command: Command) {
    super("the command line was understood");
    this.command = command;
  }
}

function understood(command: Command): never {
  throw new Understood(command);
}

/** The arguments after `--`: yargs puts them after the command's name, which may have two words. */
function afterDashes(words: readonly (string | number)[], nameWords = 1): string[] {
  return words.slice(nameWords).map(String);
}

/** Keeps only the keys that have a value: an option that was not given is left out. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

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
    await makeParser(args, version, columns).parseAsync(
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

// Each example is one line that can be copied: its purpose is a shell comment, not a column of yargs.
function makeParser(args: readonly string[], version: string, columns: number | null) {
  return yargs()
    .scriptName("logwinnow")
    .locale("en")
    .parserConfiguration(literalReading)
    .usage("$0 COMMAND\n\nReads what the server logged, drops what is routine and reports the rest.")
    .command(
      "check",
      "Report what was logged since the last run, and mail the report",
      (y) =>
        y
          .options(checkOptions)
          .example("$0 check  # the hourly job", "")
          .example("$0 check --dry-run --source '/var/log/*.log'  # only print", ""),
      ({ config, state, source: sources, rules, level, locale, "dry-run": dryRun, stdout }) =>
        understood({
          name: "check",
          options: { ...given({ config, state, sources, rules, level, locale }), dryRun, stdout },
        }),
    )
    .command(
      "filter [files..]",
      "Print the lines that remain, byte for byte",
      (y) =>
        y
          .positional("files", filterFiles)
          .options(filterOptions)
          .example("$0 filter /var/log/auth.log /var/log/auth.log.1.gz  # what is odd", "")
          .example("tail -f /var/log/syslog | $0 filter  # as it happens", "")
          .example("$0 filter --layer never /var/log/syslog  # what should never happen", ""),
      ({ files, _, rules, level, locale, color, layer, group, count, json: isJson, explain, cache }) =>
        understood({
          name: "filter",
          options: {
            ...given({ rules, level, locale, color }),
            files: [...files, ...afterDashes(_)],
            layers: layer ?? ["never", "violation", "remainder"],
            group,
            count,
            json: isJson,
            explain,
            cache,
          },
        }),
    )
    .command(
      "explain [words..]",
      "Say which rule decides a line",
      (y) =>
        y
          .positional("words", explainedWords)
          .options({ ...ruleOptions, config: placeOptions.config, json })
          .example("$0 explain 'Nov 22 00:41:26 web1 CRON[9]: (root) CMD (true)'", "")
          .example("grep sshd /var/log/auth.log | $0 explain", ""),
      ({ words, _, config, rules, level, locale, json: isJson }) =>
        understood({
          name: "explain",
          options: {
            ...given({ config, rules, level, locale }),
            words: [...words, ...afterDashes(_)].filter((word) => word !== standardInput),
            json: isJson,
          },
        }),
    )
    .command(
      "ignore [words..]",
      "Make a rule that ignores a line, and write it",
      (y) =>
        y
          .positional("words", ignoredWords)
          .options(ignoreOptions)
          .example("grep 'job .* done' /var/log/syslog | $0 ignore --log /var/log/syslog", "")
          .example("$0 ignore --log /var/log/syslog --reason 'runs hourly' 0f3a9c12de45", ""),
      ({ words, _, config, rules, level, locale, log, reason, yes }) =>
        understood({
          name: "ignore",
          options: {
            ...given({ config, rules, level, locale, reason }),
            words: [...words, ...afterDashes(_)].filter((word) => word !== standardInput),
            logs: log ?? [],
            yes,
          },
        }),
    )
    .command(
      "report [id]",
      "Print a whole report that an earlier run made",
      (y) =>
        y
          .positional("id", { type: "string", describe: "As the mail names it [default: the newest]" })
          .options(reportOptions)
          .example("$0 report 7c19 | less", "")
          .example("$0 report 7c19 --html > report.html  # with search and filters", ""),
      ({ id, html, state }) => understood({ name: "report", options: { ...given({ id, state }), html } }),
    )
    .command(
      "spool <action> [entry]",
      "List, show or resend the mail that waits to be delivered",
      (y) =>
        y
          .positional("action", { choices: ["list", "show", "flush"] as const, demandOption: true })
          .positional("entry", { type: "string", describe: "The name that list prints, for show" })
          .options({ ...placeOptions, json })
          .example("$0 spool list  # what waits, and why", "")
          .example("$0 spool show 00000012.1.mail  # print one mail", "")
          .example("$0 spool flush  # try all of it now, including what was refused", ""),
      ({ action, entry, config, state, json: isJson }) =>
        understood({ name: "spool", options: { action, ...given({ entry, config, state }), json: isJson } }),
    )
    .command(
      "status",
      "Show when the last run succeeded and what is waiting",
      (y) =>
        y
          .options({ ...placeOptions, json })
          .example("$0 status  # exits 1 when the last success is too old", ""),
      ({ config, state, json: isJson }) =>
        understood({ name: "status", options: { ...given({ config, state }), json: isJson } }),
    )
    .command(
      "show <id>",
      "Show a kind of lines that a report named, and its lines",
      (y) =>
        y
          .positional("id", { type: "string", demandOption: true, describe: "As the report shows it" })
          .options(showOptions)
          .example("$0 show a81c --since 7d", ""),
      ({ id, since, config, state }) =>
        understood({ name: "show", options: { id, sinceMs: since, ...given({ config, state }) } }),
    )
    .command(
      "ack <ids..>",
      "Let kinds of lines that a report named wait for the digest",
      (y) =>
        y
          .positional("ids", kindIds)
          .options(ackOptions)
          .example("$0 ack a81c --for 7d  # digest only for a week", ""),
      ({ ids, _, for: forMs, config, state }) =>
        understood({
          name: "ack",
          options: { ids: [...ids, ...afterDashes(_)], forMs, ...given({ config, state }) },
        }),
    )
    .command(
      "acct <action> [files..]",
      "Propose the commands that an account may run",
      (y) =>
        y
          .positional("action", { choices: ["learn"] as const, demandOption: true })
          .positional("files", acctFiles)
          .options(acctOptions)
          .example("$0 acct learn --user www-data > /etc/logwinnow/acct.d/www-data", ""),
      ({ action, files, _, user, days }) =>
        understood({ name: "acct", options: { action, files: [...files, ...afterDashes(_)], user, days } }),
    )
    .command("rules", "Make rules, and find out what is wrong with them", (y) =>
      y
        .command(
          "import-fail2ban <files..>",
          "Make rules of fail2ban's filters",
          (y2) =>
            y2
              .positional("files", importedFiles)
              .options(importOptions)
              .example(
                "$0 rules import-fail2ban --write /etc/logwinnow /etc/fail2ban/filter.d/vsftpd.conf",
                "",
              ),
          ({ files, _, write }) =>
            understood({
              name: "rules",
              action: "import-fail2ban",
              options: { files: [...files, ...afterDashes(_, 2)], ...given({ write }) },
            }),
        )
        .command(
          "lint [files..]",
          "Say what is wrong with rules",
          (y2) =>
            y2
              .positional("files", lintedFiles)
              .options(lintOptions)
              .example("$0 rules lint  # all rules that a run reads", "")
              .example("$0 rules lint --fix my-rules  # one file, and mend what is mechanical", ""),
          ({ files, _, rules, level, locale, json: isJson, sarif, fix }) =>
            understood({
              name: "rules",
              action: "lint",
              options: {
                ...given({ rules, level, locale }),
                files: [...files, ...afterDashes(_, 2)],
                json: isJson,
                sarif,
                fix,
              },
            }),
        )
        .command(
          "audit [files..]",
          "Say which lines that must never be hidden the rules hide",
          (y2) =>
            y2
              .positional("files", canaryFiles)
              .options({ ...ruleOptions, json })
              .example("$0 rules audit  # is there a blind spot?", ""),
          ({ files, _, rules, level, locale, json: isJson }) =>
            understood({
              name: "rules",
              action: "audit",
              options: {
                ...given({ rules, level, locale }),
                files: [...files, ...afterDashes(_, 2)],
                json: isJson,
              },
            }),
        )
        .command(
          "check",
          "Say what is wrong with a file on standard input, for editors",
          (y2) => y2.options(checkRulesOptions).example("$0 rules check --stdin --json < my-rules", ""),
          ({ rules, level, locale, json: isJson, sarif, path }) =>
            understood({
              name: "rules",
              action: "check",
              options: { ...given({ rules, level, locale }), path, json: isJson, sarif },
            }),
        )
        .command(
          "test [files..]",
          "Show what rules would do to logs",
          (y2) =>
            y2
              .positional("files", testedLogs)
              .options(testOptions)
              .check(checkTest)
              .example("$0 rules test --file my-rules /var/log/syslog", "")
              .example("$0 rules test --ere 'app: job [0-9]+ done$' < /var/log/syslog", ""),
          ({ files, _, rules, level, locale, ere, file, first, watch, json: isJson }) =>
            understood({
              name: "rules",
              action: "test",
              options: {
                ...given({ rules, level, locale }),
                eres: ere ?? [],
                ruleFiles: file ?? [],
                files: [...files, ...afterDashes(_, 2)],
                first,
                watch,
                json: isJson,
              },
            }),
        )
        .command(
          "suggest [files..]",
          "Make rules of lines",
          (y2) =>
            y2
              .positional("files", suggestedLogs)
              .options(suggestOptions)
              .example("grep backup /var/log/syslog | $0 rules suggest --against /var/log/syslog", "")
              .example("$0 rules suggest --kind 0f3a9c12de45 /var/log/syslog", ""),
          ({ files, _, config, rules, level, locale, kind, against, json: isJson }) =>
            understood({
              name: "rules",
              action: "suggest",
              options: {
                ...given({ config, rules, level, locale }),
                files: [...files, ...afterDashes(_, 2)],
                kinds: kind ?? [],
                against: against ?? [],
                json: isJson,
              },
            }),
        )
        .command(
          "undo",
          "Take the last rule back that ignore wrote",
          (y2) => y2.options(ruleOptions),
          ({ rules, level, locale }) =>
            understood({ name: "rules", action: "undo", options: given({ rules, level, locale }) }),
        )
        .demandCommand(1, 1, "rules: which of them? See logwinnow rules --help", "rules: one at a time"),
    )
    .command(
      "migrate",
      "Make a logwinnow.toml from logcheck's configuration",
      (y) => y.options(migrateOptions).example("$0 migrate -o /etc/logwinnow/logwinnow.toml", ""),
      ({ "logcheck-conf": logcheckConf, output }) =>
        understood({ name: "migrate", options: { logcheckConf, ...given({ output }) } }),
    )
    .command("logcheck", "Stand in for logcheck, with its options (see logwinnow-logcheck(8))", (y) =>
      y.example("$0 logcheck -o -t  # what logcheck would report now", ""),
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
      if (error instanceof Understood) throw error;
      throw new UsageError(
        (message || error.message).replace(/\s*\n\s*/g, " "),
        args.find((word) => !word.startsWith("-")),
      );
    });
}
