/**
 * `logwinnow rules undo`: takes the last rule back that `ignore`, `raise` or `triage` wrote.
 * Promise: what somebody wrote since stays.
 */
import type { RuleOptions } from "../../config/config.js";
import type { RuleSettings } from "../../rules/rule-settings.js";
import { sayNotices } from "../../std/standard-error.js";
import { writeText } from "../../std/standard-output.js";
import { escaped, escapedText } from "../../std/text/escape.js";
import { lastChangeMs, undoLastChange } from "../../workshop/local/rule-changes.js";

export type RulesUndoOptions = RuleOptions;

export type RulesUndoOutcome = "undone" | "not undone";

export function rulesUndo({ directories }: RuleSettings): RulesUndoOutcome {
  const changed = directories
    .flatMap(({ path }) => {
      const atMs = lastChangeMs(path);
      return atMs === undefined ? [] : [{ path, atMs }];
    })
    .toSorted((one, other) => other.atMs - one.atMs);
  for (const { path } of changed) {
    const undone = undoLastChange(path);
    // Another process was faster.
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
  const what = "no rule was added by ignore, raise or triage";
  sayNotices([{ where: "rules undo", what, done: "nothing taken back" }]);
  return "not undone";
}
