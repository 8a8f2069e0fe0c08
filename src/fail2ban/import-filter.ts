/**
 * Turns the failregexes of a fail2ban filter into rules.
 * Promise: a rule matches the lines in which fail2ban would find that failure; for what cannot be carried over so there
 * is no rule, and a notice says where it stands and why.
 *
 * Exact for ASCII, and for lines without blanks at their ends, which rules do not see.
 */
import { compilePatternSet } from "../ere/index.js";
import type { Notice } from "../std/notice.js";
import { linesWithContent } from "./content.js";
import { placementOf, withDates, type Placement } from "./dates.js";
import { ereTextOf } from "./ere-text.js";
import { FilterFile, type ValueLine } from "./filter-file.js";
import { Interpolation, placeOf } from "./interpolation.js";
import { NotCarriedOver } from "./not-carried-over.js";
import { parsePythonRegex } from "./python-regex.js";
import { countOf, type Tree } from "./regex-tree.js";
import { harmlessGroups, withoutTags } from "./tags.js";
import { alwaysTakes } from "./references.js";
import { wholeLines } from "./whole-lines.js";

/** What a failregex became. */
export interface ImportedFailregex {
  readonly source: ValueLine;
  /** EREs, of one failure in lines of different forms. */
  readonly rules: readonly string[];
}

export interface ImportedFilter {
  readonly failregexes: readonly ImportedFailregex[];
  readonly notices: readonly Notice[];
}

/** A rule longer than this would cost every run. */
const longestRuleBytes = 32_768;
const largestTree = 200_000;

/** `parameters`: as in "filter = sshd[mode=aggressive]". Throws a FilterError, or the system's error. */
export function importFilter(
  path: string,
  parameters: ReadonlyMap<string, string> = new Map(),
): ImportedFilter {
  const options = new Interpolation(new FilterFile(path), parameters);
  const notices: Notice[] = [];
  const say = (source: ValueLine | undefined, what: string, done = "no rule written"): void => {
    notices.push({ where: source && source.path !== "" ? placeOf(source) : path, what, done });
  };
  const sources = options.linesOf("failregex");
  if (sources.length === 0) say(undefined, "has no failregex", "no rules written");
  const [prefregex] = options.linesOf("prefregex");
  const [maxlines] = options.linesOf("maxlines");
  for (const spared of options.linesOf("ignoreregex"))
    say(spared, "an ignoreregex spares lines", "they are reported all the same");
  const placements = placementsOf(options.linesOf("datepattern"), say);
  const failregexes: ImportedFailregex[] = [];
  for (const source of sources)
    try {
      if (Number(maxlines?.text ?? "1") > 1)
        throw new NotCarriedOver("is looked for in several lines together (maxlines)");
      const rules = rulesOf(source.text, prefregex?.text, placements);
      failregexes.push({ source, rules });
    } catch (error) {
      if (!(error instanceof NotCarriedOver)) throw error;
      say(source, error.message);
    }
  return { failregexes, notices };
}

function rulesOf(
  failregex: string,
  prefregex: string | undefined,
  placements: readonly Placement[] | undefined,
): readonly string[] {
  if (failregex.includes("<SKIPLINES>"))
    throw new NotCarriedOver("is looked for in several lines together (<SKIPLINES>)");
  const tree = parsePythonRegex(withoutTags(failregex));
  if (harmlessGroups.some((name) => alwaysTakes(tree, name)))
    throw new NotCarriedOver("marks what is no failure (<F-NOFAIL>, <F-MLFGAINED>)");
  const lines =
    prefregex === undefined
      ? wholeLines(tree, true)
      : linesWithContent(parsePythonRegex(withoutTags(prefregex)), tree);
  const rules = [...new Set(withDates(lines, placements).map(ruleOf))];
  if (rules.length === 0) throw new NotCarriedOver("has its date where no log is known to have it");
  return rules;
}

function ruleOf(tree: Tree): string {
  if (countOf(tree) > largestTree) throw new NotCarriedOver("becomes too large a rule");
  const rule = `^${ereTextOf(tree)}`;
  const bytes = Buffer.from(rule);
  if (bytes.length > longestRuleBytes) throw new NotCarriedOver("becomes too large a rule");
  const { errors } = compilePatternSet([bytes], { locale: "UTF-8", trimsTrailingSpace: true });
  const [error] = errors;
  if (error) throw new NotCarriedOver(`becomes a rule that cannot be used: ${error.reason}`);
  return rule;
}

function placementsOf(
  patterns: readonly ValueLine[],
  say: (source: ValueLine, what: string, done: string) => void,
): readonly Placement[] | undefined {
  if (patterns.length === 0) return undefined;
  return patterns.flatMap((pattern) => {
    const placement = placementOf(pattern.text);
    if (!placement)
      say(pattern, "a datepattern of an unknown form", "lines with such a date are not matched");
    return placement ?? [];
  });
}
