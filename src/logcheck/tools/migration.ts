/**
 * Turns logcheck's configuration into logwinnow.toml, and says what could not be carried over.
 * Promise: each setting, log and rule is in the result, or is named with its place and the reason.
 */
import type { Conf } from "../conf/conf.js";
import type { ListedLog } from "../conf/log-lists.js";
import type { RuleOrigin, RuleTree } from "../rules/rule-tree.js";
import type { Settings } from "../conf/settings.js";
import { neverMatchesBecauseOf } from "../rules/trailing-space.js";

export interface MigrationInput {
  /** The configuration file's path, for messages. */
  readonly confPath: string;
  readonly conf: Conf;
  readonly settings: Settings;
  readonly logs: readonly ListedLog[];
  readonly tree: RuleTree;
  /** Rules that do not parse, by their index in the tree. */
  readonly broken: ReadonlyMap<number, { readonly column: number; readonly reason: string }>;
  /** Rules that match every line. */
  readonly universal: ReadonlySet<number>;
}

export interface Migration {
  readonly toml: string;
  /** What was carried over, one line each. */
  readonly understood: readonly string[];
  /** What was not carried over, as where: what: what that means. */
  readonly notUnderstood: readonly string[];
  /** Rules that do not do what their author meant, in the same form. */
  readonly badRules: readonly string[];
}

/** Settings that affect only logcheck's report and have no counterpart in logwinnow.toml. */
const reportOnly = new Set([
  "DATE",
  "INTRO",
  "MAILASATTACH",
  "FQDN",
  "SORTUNIQ",
  "SYSLOGSUMMARY",
  "SYSLOG_SUMMARY",
  "ATTACKSUBJECT",
  "SECURITYSUBJECT",
  "EVENTSSUBJECT",
  "ADDTAG",
  "MIMEENCODING",
  "MAILOUT",
  "REBOOT",
]);

/** Where the settings that are carried over go. */
const carriedOver: Readonly<Record<string, string>> = {
  SENDMAILTO: "[mail] to",
  REPORTLEVEL: "[report] level",
  RULEDIR: "[rules] directories",
  LOGFILES_LIST: "[[source]]",
  LOGFILES_LIST_D: "[[source]]",
  LOGFILE: "[[source]]",
};

/** Where logcheck's rules are by default. logwinnow reads this directory by default, too. */
const usualRuleDirectory = "/etc/logcheck";

/** Pure: the caller reads the files and writes the result. */
export function migrate(input: MigrationInput): Migration {
  const understood: string[] = [];
  const notUnderstood: string[] = [];
  for (const { line, construct } of input.conf.refusals)
    notUnderstood.push(`${input.confPath}:${line}: ${construct}: not run, so its effect is unknown`);
  for (const { name, line } of [...input.conf.assignments, ...input.conf.lists]) {
    const place = `${input.confPath}:${line}: ${name}`;
    const target = carriedOver[name];
    if (target !== undefined) understood.push(`${place}: now ${target}`);
    else if (name === "SUPPORT_CRACKING_IGNORE")
      notUnderstood.push(`${place}: no counterpart: logwinnow always uses cracking.ignore.d`);
    else if (reportOnly.has(name)) notUnderstood.push(`${place}: affects only logcheck's report`);
    else notUnderstood.push(`${place}: no counterpart`);
  }
  return { toml: tomlOf(input), understood, notUnderstood, badRules: badRulesOf(input) };
}

function tomlOf({ settings, logs }: MigrationInput): string {
  const recipients = settings.recipients.split(",").map((address) => address.trim());
  const parts = [
    `[mail]\nto = ${listOf(recipients.filter((address) => address !== ""))}\n`,
    `[report]\nlevel = ${quoted(settings.reportLevel ?? "server")}\n`,
  ];
  if (settings.ruleDirectory !== usualRuleDirectory)
    parts.push(
      `[rules]\ndirectories = ${listOf(["/usr/share/logwinnow", "/etc/logwinnow", settings.ruleDirectory])}\n`,
    );
  return [...parts, ...sourceTables(logs)].join("\n");
}

/** The `[[source]]` tables that read what logcheck's lists name. */
export function sourceTables(logs: readonly ListedLog[]): readonly string[] {
  const paths = logs.flatMap((log) =>
    log.kind === "path" ? [log.path] : log.kind === "glob" ? [log.pattern] : [],
  );
  return [
    ...(paths.length > 0
      ? [`[[source]]\nkind = "file"\npath = ${listOf(paths)}\nfollow_links = true\n`]
      : []),
    ...(logs.some((log) => log.kind === "journal") ? [`[[source]]\nkind = "journal"\n`] : []),
  ];
}

function badRulesOf({ tree, broken, universal }: MigrationInput): string[] {
  return tree.patterns.flatMap((pattern, index) => {
    const origins = tree.origins[index] ?? [];
    const defect = broken.get(index);
    if (defect)
      return at(origins, `:${defect.column}`, `${defect.reason}: rule switched off, its lines are reported`);
    if (universal.has(index))
      return at(origins, "", "matches every line: rule switched off, its lines are reported");
    const ending = neverMatchesBecauseOf(pattern);
    return ending === undefined
      ? []
      : at(origins, "", `${ending}: never matches, because lines are trimmed first`);
  });
}

function at(origins: readonly RuleOrigin[], column: string, text: string): string[] {
  return origins.map(({ path, line }) => `${path}:${line}${column}: ${text}`);
}

function listOf(values: readonly string[]): string {
  return `[${values.map(quoted).join(", ")}]`;
}

/** A basic string of TOML: JSON's escapes, and DEL must be escaped, too. */
function quoted(value: string): string {
  return JSON.stringify(value).replaceAll("\x7f", "\\u007f");
}
