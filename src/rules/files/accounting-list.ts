/**
 * Reads the list of commands that an account may run: acct.d/USER, a command name or an ERE for it a line.
 * Promise: every record of such a user whose command is not on the list is `never`, and so is one that dumped core.
 *
 * An ERE has no complement. The list becomes rules all the same: one in `never` for every record of the user, and one
 * in `never.ignore` and `ignored` for each command that is allowed. So one automaton decides records and lines alike.
 */
import { basename } from "node:path";
import { compilePatternSet } from "../../ere/index.js";
import { type LoadedRules, readRuleFile, ruleSkipped } from "./rule-file.js";
import type { Rule } from "../rule.js";

const head = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ acct: command=";
/** Forked without executing, used privileges, ended by a signal: daemons do that. A core dump (D) is not routine. */
const tail = (user: string): string =>
  ` uid=[0-9]+ user=${user} tty=[^ ]+ flags=(-|[FSX]+) status=[0-9]+ elapsed=[.0-9]+$`;

/** In: the path of a file named like the user. Notices name the entries that do not parse: those commands are reported. */
export function readAccountingList(path: string): LoadedRules {
  const user = basename(path);
  const { rules: entries, notices } = readRuleFile({ path, list: "ignored" });
  const { errors } = compilePatternSet(
    entries.map(({ text }) => Buffer.from(text, "latin1")),
    { locale: "UTF-8", trimsTrailingSpace: true },
  );
  const broken = new Set(errors.map(({ index }) => index));
  const allowed = entries
    .filter((_, index) => !broken.has(index))
    .map((entry) => ({ ...entry, text: `${head}(${entry.text})${tail(user)}` }));
  const everything: Rule = {
    list: "never",
    file: path,
    line: 1,
    text: `${head}[^ ]+ uid=[0-9]+ user=${user} `,
  };
  return {
    rules: [everything, ...allowed.map((rule): Rule => ({ ...rule, list: "never.ignore" })), ...allowed],
    notices: [
      ...notices,
      ...errors.map(({ index, column, reason }) => ({
        where: `${path}:${entries[index]?.line ?? 1}:${column}`,
        what: reason,
        done: ruleSkipped,
      })),
    ],
  };
}
