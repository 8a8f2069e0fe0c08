/** Commands that read logs: check, filter, explain, acct. */
import { flag, json, many, one, operands, placeOptions, ruleOptions } from "../options.js";
import { readNumber } from "../values.js";
import { mostContext } from "../../report/surroundings.js";
import { layers } from "../../rules/layer.js";
import { standardInput } from "../../std/standard-input.js";
import { afterDashes, given, understood } from "../understood.js";
import type { Parser } from "../yargs.js";

export const checkOptions = {
  ...placeOptions,
  ...ruleOptions,
  source: { ...many, describe: "A log or a glob to read instead of the configured ones" },
  context: {
    ...one,
    alias: "C",
    coerce: readNumber("context", 0, mostContext),
    describe: "How many lines to show before and after each alarm",
  },
  "dry-run": { ...flag, alias: "n", describe: "Change nothing and mail nothing" },
  stdout: { ...flag, alias: "o", describe: "Print the report instead of mailing it" },
  "mail-only": { ...flag, describe: "Do nothing while no recipient is set, instead of printing" },
} as const;

export const filterOptions = {
  ...ruleOptions,
  layer: { ...many, choices: layers, describe: "Which lines to print [default: all but ignored]" },
  group: { ...flag, alias: "g", describe: "Print groups of similar lines with their counts" },
  count: { ...flag, describe: "Print only how many lines remain" },
  explain: { ...flag, alias: "e", describe: "Print the deciding rule before each line" },
  json,
  cache: { type: "boolean", default: true, describe: "Keep the compiled rules on disk between runs" },
  color: { type: "boolean", describe: "Colour the lines by layer [default: on a terminal]" },
} as const;

const filterFiles = {
  ...operands,
  describe: "Logs, plain or compressed; - is standard input",
} as const;

const explainedWords = {
  ...operands,
  describe: "Lines, each quoted, or ids of kinds as a report shows them [default: standard input]",
} as const;

const acctOptions = {
  user: { ...one, demandOption: true, alias: "u", describe: "The account" },
  days: {
    ...one,
    default: "7",
    alias: "d",
    coerce: readNumber("days", 1, 9999),
    describe: "How far back to look",
  },
} as const;
const acctFiles = { ...operands, describe: "Process accounting files" } as const;

/** Adds the commands that read logs. */
export function addLogCommands(y: Parser): Parser {
  return y
    .command(
      "check",
      "Report what was logged since the last run, and mail the report",
      (y) =>
        y
          .options(checkOptions)
          .example("$0 check  # the hourly job", "")
          .example("$0 check --dry-run --source '/var/log/*.log'  # only print", ""),
      ({ config, state, source: sources, rules, level, locale, context, ...flags }) =>
        understood({
          name: "check",
          options: {
            ...given({ config, state, sources, rules, level, locale, context }),
            dryRun: flags["dry-run"],
            stdout: flags.stdout,
            mailOnly: flags["mail-only"],
          },
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
          .options({ ...ruleOptions, ...placeOptions, json })
          .example("$0 explain 'Nov 22 00:41:26 web1 CRON[9]: (root) CMD (true)'", "")
          .example("grep sshd /var/log/auth.log | $0 explain", ""),
      ({ words, _, config, state, rules, level, locale, json: isJson }) =>
        understood({
          name: "explain",
          options: {
            ...given({ config, state, rules, level, locale }),
            words: [...words, ...afterDashes(_)].filter((word) => word !== standardInput),
            json: isJson,
          },
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
    );
}
