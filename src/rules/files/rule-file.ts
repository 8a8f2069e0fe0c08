/**
 * Reads one file of rules.
 * Promise: a file, a rule or a directive that cannot be used is named in a notice, and costs no other rule its effect.
 */
import { basename } from "node:path";
import type { Notice } from "../../std/notice.js";
import { isDirectiveComment, readDirectives, type DirectiveError, type Directives } from "./directives.js";
import { readRuleBytes, UnusableRuleFile } from "../rule-bytes.js";
import type { Rule } from "../rule.js";
import { hidesLines, type RuleList } from "../rule-list.js";

export interface RuleFile {
  readonly path: string;
  readonly list: RuleList;
}

export interface LoadedRules {
  /** In the order in which they were written. */
  readonly rules: readonly Rule[];
  readonly notices: readonly Notice[];
}

/** What becomes of the lines that a rule would have decided, once the rule is off. */
export const ruleSkipped = "rule skipped, its lines will be reported";
const rulesSkipped = "its rules skipped, their lines will be reported";
export const fileSkipped = "file skipped, the lines of its rules will be reported";

/**
 * Whether run-parts(8) takes a file of this name: letters, digits, `_` and `-` only.
 * Keeps out editors' backups and what dpkg leaves behind.
 */
export function isRuleFileName(name: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(name);
}

/**
 * The rules of a file, one a line, bytes kept as latin1. Blank lines and those that begin with `#` are none; a comment
 * that begins with `#@` qualifies the rules after it (`directives.ts`). Never throws.
 */
export function readRuleFile({ path, list }: RuleFile): LoadedRules {
  let content: string;
  try {
    content = readRuleBytes(path).toString("latin1");
  } catch (error) {
    if (!(error instanceof UnusableRuleFile)) throw error;
    return { rules: [], notices: [{ where: path, what: error.message, done: fileSkipped }] };
  }
  // logcheck ships violations.d/logcheck empty: there the name alone has a meaning.
  if (content === "" && !(list === "violation" && basename(path) === "logcheck")) {
    // Otherwise never written on purpose: what a full disk or a failed save leaves behind.
    return { rules: [], notices: [{ where: path, what: "the file is empty", done: "it holds no rules" }] };
  }
  return rulesIn(content, { path, list });
}

/** The rules of a file with this content, its bytes as latin1. Never throws. */
export function rulesIn(content: string, { path, list }: RuleFile): LoadedRules {
  const rules: Rule[] = [];
  const notices: Notice[] = [];
  /** The comment that qualifies the rules after it, up to a blank line or the next such comment. */
  let comment: DirectiveComment | undefined;
  const endComment = (): void => {
    if (comment?.isUsed === false) notices.push(uselessComment(path, comment));
    comment = undefined;
  };
  for (const [index, text] of content.split("\n").entries()) {
    const line = index + 1;
    if (isDirectiveComment(text)) {
      endComment();
      const { directives, errors } = readDirectives(text, list);
      // What hides lines hides too many without the condition that was meant; what raises an alarm raises it anyway.
      const isOff = hidesLines(list) && errors.some(({ isCondition }) => isCondition);
      comment = { line, directives, isOff, isUsed: false };
      notices.push(...errors.map((error) => directiveNotice(path, line, error, isOff)));
    } else if (isBlank(text)) {
      endComment();
    } else if (!text.startsWith("#")) {
      if (comment) comment.isUsed = true;
      if (text.endsWith("\r")) notices.push(carriageReturnNotice(path, line, text.length));
      else if (list === "title" && comment?.directives.title === undefined)
        notices.push({
          where: `${path}:${line}:1`,
          what: 'has no "title" before it',
          done: "it names nothing",
        });
      else if (comment?.isOff !== true) rules.push({ list, file: path, line, text, ...qualifiedBy(comment) });
    }
  }
  endComment();
  return { rules, notices };
}

interface DirectiveComment {
  readonly line: number;
  readonly directives: Directives;
  /** Whether the rules after it are off, since it cannot be read. */
  readonly isOff: boolean;
  isUsed: boolean;
}

function qualifiedBy(comment: DirectiveComment | undefined): Pick<Rule, "directives"> {
  return comment && Object.keys(comment.directives).length > 0 ? { directives: comment.directives } : {};
}

function directiveNotice(
  path: string,
  line: number,
  { column, reason, isCondition }: DirectiveError,
  isOff: boolean,
): Notice {
  const done = isOff && isCondition ? rulesSkipped : "directive not applied, its rules stay on";
  return { where: `${path}:${line}:${column}`, what: reason, done };
}

function uselessComment(path: string, { line }: DirectiveComment): Notice {
  const what = "no rule follows before a blank line or the next such comment";
  return { where: `${path}:${line}:1`, what, done: "its directives have no effect" };
}

function carriageReturnNotice(path: string, line: number, column: number): Notice {
  return {
    where: `${path}:${line}:${column}`,
    what: "ends in a carriage return, as files from Windows do, and so would match nothing",
    done: ruleSkipped,
  };
}

/** Linear also on a long line of blanks: `\s` of JavaScript would take U+00A0 for a space too. */
function isBlank(text: string): boolean {
  return /^[ \t\v\f\r]*$/.test(text);
}
