/**
 * `logwinnow rules undo`: takes the last rule back that `ignore` wrote.
 * Promise: what somebody wrote since stays.
 */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { RuleOptions } from "../../config/config.js";
import type { RuleSettings } from "../../rules/rule-settings.js";
import { sayNotices } from "../../std/standard-error.js";
import { writeText } from "../../std/standard-output.js";
import { escaped, escapedText } from "../../std/text/escape.js";
import { journalName, undoLastChange } from "../../workshop/local/rule-changes.js";

export type RulesUndoOptions = RuleOptions;

export type RulesUndoOutcome = "undone" | "not undone";

export function rulesUndo({ directories }: RuleSettings): RulesUndoOutcome {
  const places = directories.flatMap(({ path }) => [join(path, "ignore.d/local"), path]);
  const changed = places.filter((path) => existsSync(join(path, journalName)));
  const lastChangeMs = (path: string): number => statSync(join(path, journalName)).mtimeMs;
  for (const place of changed.toSorted((one, other) => lastChangeMs(other) - lastChangeMs(one))) {
    const undone = undoLastChange(place);
    if (undone.outcome === "nothing") continue;
    if (undone.outcome === "changed since") {
      const what = "what was added is not in it any more, or more than once";
      sayNotices([{ where: undone.file, what, done: "nothing taken back" }]);
      return "not undone";
    }
    const rule = undone.text.trim().split("\n").map(escaped).join("\n    ");
    writeText(`taken back from ${undone.files.map(escapedText).join(" and ")}:\n    ${rule}\n`);
    return "undone";
  }
  sayNotices([
    { where: "rules undo", what: "no rule was added by logwinnow ignore", done: "nothing taken back" },
  ]);
  return "not undone";
}
