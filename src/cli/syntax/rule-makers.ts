/** Commands that make rules: ignore, raise, triage, rules suggest, rules undo, rules import-fail2ban. */
import { flag, json, many, one, operands, placeOptions, ruleOptions, sinceHistory } from "../options.js";
import { standardInput } from "../../std/standard-input.js";
import { readPeriod, readTitle } from "../values.js";
import { afterDashes, given, understood } from "../understood.js";
import type { Parser } from "../yargs.js";

export const ignoreOptions = {
  ...ruleOptions,
  ...placeOptions,
  since: sinceHistory,
  log: {
    ...many,
    describe: "A log in which to look what the rule hides [default: the history that is kept]",
  },
  reason: { ...one, describe: "Why, for whoever reads the rule" },
  yes: { ...flag, alias: "y", describe: "Write without asking" },
} as const;

export const raiseOptions = {
  ...ignoreOptions,
  log: {
    ...many,
    describe: "A log in which to look what the rule raises [default: the history that is kept]",
  },
  title: { ...one, coerce: readTitle, describe: "What happened, in words for subjects and headlines" },
  never: { ...flag, describe: "Make it an alarm: such lines should never happen" },
} as const;

const ignoredWords = {
  ...operands,
  describe: "Lines, each quoted, or ids of kinds as a report shows them [default: standard input]",
} as const;

const triageOptions = {
  ...ruleOptions,
  ...placeOptions,
  since: {
    ...one,
    coerce: readPeriod("since"),
    describe: "All since then [default: what the last report told]",
  },
  order: {
    ...one,
    choices: ["largest", "newest"] as const,
    default: "largest" as const,
    describe: "Which kinds come first",
  },
  for: { ...one, default: "7d", coerce: readPeriod("for"), describe: "For how long a kind is acknowledged" },
} as const;

export const suggestOptions = {
  ...ruleOptions,
  ...placeOptions,
  since: sinceHistory,
  kind: { ...many, alias: "k", describe: "Only for the kind of this id" },
  against: { ...many, alias: "a", describe: "A log with lines that no rule may hide" },
  json,
} as const;

const suggestedLogs = {
  ...operands,
  describe: "Logs with the lines to make rules of [default: standard input]",
} as const;

const importOptions = {
  write: { ...one, describe: "The directory of rules to write to [default: standard output]" },
} as const;

const importedFiles = {
  ...operands,
  describe: "Filters of fail2ban, such as /etc/fail2ban/filter.d/sshd.conf[mode=aggressive]",
} as const;

/** Adds the commands that make rules and stand on their own. */
export function addRuleMakers(y: Parser) {
  return y
    .command(
      "ignore [words..]",
      "Make a rule that ignores a line, and write it",
      (y) =>
        y
          .positional("words", ignoredWords)
          .options(ignoreOptions)
          .example("grep 'job .* done' /var/log/syslog | $0 ignore --log /var/log/syslog", "")
          .example("$0 ignore --log /var/log/syslog --reason 'runs hourly' 0f3a9c12de45", ""),
      ({ words, _, config, state, rules, level, locale, log, since: sinceMs, reason, yes }) =>
        understood({
          name: "ignore",
          options: {
            ...given({ config, state, rules, level, locale, sinceMs, reason }),
            words: [...words, ...afterDashes(_)].filter((word) => word !== standardInput),
            logs: log ?? [],
            yes,
          },
        }),
    )
    .command(
      "raise [words..]",
      "Make a rule that raises a line, and write it",
      (y) =>
        y
          .positional("words", ignoredWords)
          .options(raiseOptions)
          .example("$0 raise --log /var/log/syslog --title 'backup failed' 0f3a9c12de45", "")
          .example("grep 'array degraded' /var/log/syslog | $0 raise --never", ""),
      ({ words, _, config, state, rules, level, locale, log, since: sinceMs, reason, title, never, yes }) =>
        understood({
          name: "raise",
          options: {
            ...given({ config, state, rules, level, locale, sinceMs, reason, title }),
            words: [...words, ...afterDashes(_)].filter((word) => word !== standardInput),
            logs: log ?? [],
            never,
            yes,
          },
        }),
    )
    .command(
      "triage [files..]",
      "Go through what a report or logs left, on the terminal",
      (y2) =>
        y2
          .positional("files", { ...operands, describe: "Logs [default: the configured ones]" })
          .options(triageOptions)
          .example("$0 triage  # what the last report told", "")
          .example("$0 triage --since 24h --order newest", "")
          .example("$0 triage /var/log/syslog", ""),
      ({ files, _, config, state, rules, level, locale, since, order, for: forMs }) =>
        understood({
          name: "triage",
          options: {
            ...given({ config, state, rules, level, locale, sinceMs: since }),
            files: [...files, ...afterDashes(_)],
            order,
            forMs,
          },
        }),
    );
}

/** Adds those that stand under `rules`. */
export function addRulesMakers(y: Parser) {
  return y
    .command(
      "suggest [files..]",
      "Make rules of lines",
      (y2) =>
        y2
          .positional("files", suggestedLogs)
          .options(suggestOptions)
          .example("grep backup /var/log/syslog | $0 rules suggest --against /var/log/syslog", "")
          .example("$0 rules suggest --kind 0f3a9c12de45 /var/log/syslog", ""),
      ({ files, _, config, state, rules, level, locale, since: sinceMs, kind, against, json: isJson }) =>
        understood({
          name: "rules",
          action: "suggest",
          options: {
            ...given({ config, state, rules, level, locale, sinceMs }),
            files: [...files, ...afterDashes(_, 2)],
            kinds: kind ?? [],
            against: against ?? [],
            json: isJson,
          },
        }),
    )
    .command(
      "undo",
      "Take the last rule back that ignore, raise or triage wrote",
      (y2) => y2.options(ruleOptions),
      ({ rules, level, locale }) =>
        understood({ name: "rules", action: "undo", options: given({ rules, level, locale }) }),
    )
    .command(
      "import-fail2ban <files..>",
      "Make rules of fail2ban's filters",
      (y2) =>
        y2
          .positional("files", importedFiles)
          .options(importOptions)
          .example("$0 rules import-fail2ban --write /etc/logwinnow /etc/fail2ban/filter.d/vsftpd.conf", ""),
      ({ files, _, write }) =>
        understood({
          name: "rules",
          action: "import-fail2ban",
          options: { files: [...files, ...afterDashes(_, 2)], ...given({ write }) },
        }),
    );
}
