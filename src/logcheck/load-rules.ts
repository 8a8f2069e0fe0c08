/**
 * Loads logcheck's rules for a run.
 * Promise: a rule that is broken or would hide every line is switched off by itself, and named.
 */
import type { ToolLocale } from "./tools/tool-locale.js";
import { readRuleDirectories } from "./tools/etc.js";
import { buildRuleTree, withoutHiding, type NamedFile, type RuleTree } from "./rules/rule-tree.js";
import { compileTree, createPlacementClassifier } from "./rules/placement-classifier.js";
import type { Placement } from "./rules/sections.js";
import type { Classifier } from "../rules/classify/classifier.js";
import type { Settings } from "./conf/settings.js";
import type { Level } from "../rules/rule.js";
import { universalPatterns } from "../rules/headers/universal-patterns.js";
import type { Notice } from "../std/notice.js";
import { openCache } from "../store/caches/open-cache.js";

export interface LogcheckRules {
  readonly tree: RuleTree;
  readonly classifier: Classifier<Placement>;
  /** About the rules that are switched off. */
  readonly notices: readonly Notice[];
}

/** Throws LogcheckError for files that cannot be read. */
export function loadLogcheckRules(settings: Settings, level: Level, locale: ToolLocale): LogcheckRules {
  const directories = readRuleDirectories(settings, level);
  const whole = buildRuleTree(directories, locale.characters);
  const texts = whole.patterns.map((pattern) => Buffer.from(pattern).toString("latin1"));
  const off = universalPatterns(texts, { locale: locale.characters, trimsTrailingSpace: true });
  const tree = withoutHiding(whole, off);
  const { set, errors } = compileTree(tree, locale.characters, openCache());
  const classifier = createPlacementClassifier(tree, set);
  const { crackingIgnore, violationsIgnore, ignore } = whole.files;
  const hiding = new Set(
    [...crackingIgnore, ...violationsIgnore, ...ignore].flatMap((file) => file.patterns),
  );
  const notices = [
    ...Object.values(directories).flatMap((files: readonly NamedFile[]) => files.flatMap(fileNotice)),
    ...errors.flatMap(({ index, column, reason }) => noticesAt(whole, index, `:${column}`, reason)),
    ...[...off]
      .filter((index) => hiding.has(index))
      .flatMap((index) => noticesAt(whole, index, "", "matches every line")),
  ];
  return { tree, classifier, notices };
}

function fileNotice({ path, whyUnusable }: NamedFile): Notice[] {
  if (whyUnusable === undefined) return [];
  return [{ where: path, what: whyUnusable, done: "file skipped, the lines of its rules are reported" }];
}

function noticesAt(tree: RuleTree, index: number, column: string, what: string): Notice[] {
  const origins = tree.origins[index] ?? [];
  const done = "rule skipped, its lines are reported";
  return origins.map(({ path, line }) => ({ where: `${path}:${line}${column}`, what, done }));
}
