/** Commands under `rules` that judge rules: test, replay, stats, lint, check, audit. */
import { flag, json, many, one, operands, placeOptions, ruleOptions, sinceHistory } from "../options.js";
import { readDays, readNumber } from "../values.js";
import { afterDashes, given, understood } from "../understood.js";
import type { Parser } from "../yargs.js";

export const testOptions = {
  ...ruleOptions,
  ere: { ...many, alias: "e", describe: "A rule to try" },
  file: { ...many, alias: "f", describe: "A file of rules to try, with its proofs" },
  since: sinceHistory,
  ...placeOptions,
  first: {
    ...one,
    default: "3",
    coerce: readNumber("first", 0, 9999),
    describe: "How many matches to show of each rule",
  },
  watch: { ...flag, alias: "w", describe: "Test again whenever a file of rules changes" },
  json,
} as const;

const testedLogs = {
  ...operands,
  describe: "Logs, plain or compressed [default: standard input, without --since]",
} as const;

/** Throws where a test makes no sense. */
function checkTest(argv: {
  readonly ere?: unknown;
  readonly file?: unknown;
  readonly files: readonly string[];
  readonly since?: unknown;
  readonly watch: boolean;
}): true {
  if (argv.ere === undefined && argv.file === undefined)
    throw new Error("rules test: no rules: --ere or --file");
  if (argv.watch && (argv.file === undefined || (argv.files.length === 0 && argv.since === undefined)))
    throw new Error("--watch: needs a --file of rules, and logs that can be read again");
  return true;
}

export const replayOptions = {
  ...placeOptions,
  ...ruleOptions,
  rules: {
    ...many,
    alias: "r",
    describe: "A directory of the rules after the change [default: as configured]",
  },
  before: { ...many, describe: "A directory of the rules before the change [default: as configured]" },
  since: { ...sinceHistory, default: "30d" },
  json,
} as const;

const statsOptions = {
  ...placeOptions,
  ...ruleOptions,
  unused: {
    ...one,
    coerce: readDays("unused"),
    describe: "List the rules that decided no line for so long, such as 90d",
  },
  json,
} as const;

/** Throws where nothing is changed. */
function checkReplay(argv: Readonly<Record<"rules" | "before" | "level" | "locale", unknown>>): true {
  if ([argv.rules, argv.before, argv.level, argv.locale].every((option) => option === undefined))
    throw new Error("rules replay: no other rules: --rules, --before or --level");
  return true;
}

const sarif = { ...flag, describe: "Print one SARIF document, for editors and code hosts" } as const;

const lintOptions = {
  ...ruleOptions,
  json,
  sarif,
  fix: { ...flag, describe: "Mend what is mechanical, and tell each change" },
} as const;

const lintedFiles = {
  ...operands,
  describe: "Files and directories of rules [default: all that a run reads]",
} as const;

const checkRulesOptions = {
  ...ruleOptions,
  stdin: { ...flag, describe: "Read the file from standard input" },
  path: {
    ...one,
    default: "ignore.d/local/standard-input",
    describe: "Where the file is, or will be: its directory says what its rules mean",
  },
  json,
  sarif,
} as const;

const canaryFiles = {
  ...operands,
  describe:
    "Files of lines that must never be hidden, beside those shipped and those in the rule directories",
} as const;

/** Adds the commands that judge rules. */
export function addRuleChecks(y: Parser) {
  return y
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
      ({ files, _, config, state, rules, level, locale, since: sinceMs, ...test }) =>
        understood({
          name: "rules",
          action: "test",
          options: {
            ...given({ config, state, rules, level, locale, sinceMs }),
            eres: test.ere ?? [],
            ruleFiles: test.file ?? [],
            files: [...files, ...afterDashes(_, 2)],
            first: test.first,
            watch: test.watch,
            json: test.json,
          },
        }),
    )
    .command(
      "replay",
      "Show what a change of rules would have hidden or shown",
      (y2) =>
        y2
          .options(replayOptions)
          .check(checkReplay)
          .example("$0 rules replay --rules /usr/share/logwinnow --rules ~/new-rules", "")
          .example("$0 rules replay --level workstation --since 7d  # what would it hide?", ""),
      ({ config, state, rules, level, locale, before, since: sinceMs, json: isJson }) =>
        understood({
          name: "rules",
          action: "replay",
          options: { ...given({ config, state, rules, level, locale, before }), sinceMs, json: isJson },
        }),
    )
    .command(
      "stats",
      "Show how many lines each rule decides, and which decide none",
      (y2) =>
        y2
          .options(statsOptions)
          .example("$0 rules stats", "")
          .example("$0 rules stats --unused 90d  # what can be deleted?", ""),
      ({ config, state, rules, level, locale, unused: unusedDays, json: isJson }) =>
        understood({
          name: "rules",
          action: "stats",
          options: { ...given({ config, state, rules, level, locale, unusedDays }), json: isJson },
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
    );
}
