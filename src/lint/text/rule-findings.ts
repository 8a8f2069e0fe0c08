/**
 * Finds what the expression of one rule shows by itself.
 * Promise: columns are those of the rule as it is written; a rule that cannot be read has its syntax error at most beside
 * the habit that explains it.
 */
import type { SyntaxTree } from "../../ere/index.js";
import { freeTextIn } from "../../rules/free-text.js";
import { emptyAlternativeColumn } from "../../rules/headers/universal-patterns.js";
import { hidesLines } from "../../rules/rule-list.js";
import type { Rule } from "../../rules/rule.js";
import { groupOf } from "../../rules/titles/fixed-words.js";
import { titleFaults } from "../../rules/titles/title-words.js";
import type { Finding, FindingKind, Fix } from "../finding.js";
import { hasAlternatives } from "./ere-tokens.js";
import { pcreHabits } from "./pcre-habits.js";
import { isVeryLarge, untiedEnds, untiedStarts } from "./tree-questions.js";

/** In: the rule's tree as it is written; undefined where there is none. */
export function ruleFindings(rule: Rule, tree: SyntaxTree | undefined): Finding[] {
  const found: Finding[] = [];
  const add = (kind: FindingKind, column: number, message: string, fix?: Fix): void => {
    found.push({ file: rule.file, line: rule.line, column, kind, message, ...(fix && { fix }) });
  };
  for (const { start, end, message, replacement } of pcreHabits(rule.text))
    add("pcre", start + 1, message, replacement === undefined ? undefined : { start, end, replacement });
  if (tree === undefined) return found;
  const empty = hasAlternatives(rule.text) ? emptyAlternativeColumn(rule.text) : undefined;
  if (empty !== undefined)
    add("empty-alternative", empty, 'nothing stands beside this "|", so that the rule matches every line');
  else addAnchors(rule, tree, add);
  if (isVeryLarge(tree)) add("interval", 1, "its intervals make it very large: grep takes long or gives up");
  if (hidesLines(rule.list) && rule.directives?.firstSeen === undefined)
    for (const { start, end } of freeTextIn(tree))
      add(
        "attacker-field",
        start + 1,
        `"${rule.text.slice(start, end)}" takes any text: what somebody writes there is hidden, too; take one word, or let "first-seen" watch it`,
      );
  addGroups(rule, tree, add);
  return found;
}

type Add = (kind: FindingKind, column: number, message: string) => void;

function addAnchors({ list, text }: Rule, tree: SyntaxTree, add: Add): void {
  // What only gives a title hides and raises nothing.
  if (list === "title") return;
  for (const { start } of untiedStarts(tree).slice(0, 1))
    add(
      "unanchored",
      start + 1,
      !hidesLines(list)
        ? 'not tied to the line\'s start by "^": a line that quotes such a message raises the alarm, too'
        : 'not tied to the line\'s start by "^": whoever gets such text into a message hides the line',
    );
  if (!hidesLines(list)) return;
  for (const { end } of untiedEnds(tree).slice(0, 1))
    add(
      "unanchored",
      Math.max(1, Math.min(end + 1, text.length)),
      'not tied to the line\'s end by "$": whatever follows is hidden, too',
    );
}

/** Groups that directives name: there must be such, and a title shows fixed words only. */
function addGroups({ directives = {} }: Rule, tree: SyntaxTree, add: Add): void {
  const { firstSeen = [], title = "" } = directives;
  for (const { group } of firstSeen)
    if (!groupOf(tree, group))
      add("directive", 1, `"first-seen" names group ${group}, which the rule does not have`);
  for (const { column, reason } of titleFaults(title, tree))
    add("directive", column, `${reason}: "*" stands in its place`);
}
