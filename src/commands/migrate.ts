/**
 * `logwinnow migrate`: makes a logwinnow.toml from logcheck's configuration.
 * Promise: never overwrites a file, and names what it could not carry over.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { readConf } from "../logcheck/conf/conf.js";
import { isFile, readLogLists, readRuleDirectories } from "../logcheck/tools/etc.js";
import { charmapName, dateText, hostname } from "../logcheck/tools/host-tools.js";
import { toolLocale } from "../logcheck/tools/tool-locale.js";
import { migrate } from "../logcheck/tools/migration.js";
import { buildRuleTree } from "../logcheck/rules/rule-tree.js";
import { compileTree } from "../logcheck/rules/placement-classifier.js";
import { settle } from "../logcheck/conf/settings.js";
import { universalPatterns } from "../rules/headers/universal-patterns.js";
import { sayText } from "../std/standard-error.js";
import { writeText } from "../std/standard-output.js";

export interface MigrateOptions {
  /** The logcheck.conf to convert. */
  readonly logcheckConf: string;
  /** Where the result goes; unset: standard output. */
  readonly output?: string;
}

/** Out: whether everything was understood and every rule works. */
export async function runMigrate({ logcheckConf, output }: MigrateOptions): Promise<"whole" | "partial"> {
  const conf = readConf(isFile(logcheckConf) ? readFileSync(logcheckConf, "utf8") : "");
  const { settings } = settle(conf, [], { date: dateText, hostname });
  const locale = toolLocale(process.env, charmapName).characters;
  // All levels: a broken rule should be known before the level is changed.
  const directories = readRuleDirectories({ ...settings, usesCrackingIgnore: true }, "workstation");
  const tree = buildRuleTree(directories, locale);
  const { errors } = compileTree(tree, locale);
  const texts = tree.patterns.map((pattern) => Buffer.from(pattern).toString("latin1"));
  const { toml, understood, notUnderstood, badRules } = migrate({
    confPath: logcheckConf,
    conf,
    settings,
    logs: readLogLists(settings, locale),
    tree,
    broken: new Map(errors.map(({ index, column, reason }) => [index, { column, reason }])),
    universal: universalPatterns(texts, { locale, trimsTrailingSpace: true }),
  });
  if (output === undefined) writeText(toml);
  else writeFileSync(output, toml, { flag: "wx" });
  for (const line of [...understood, ...notUnderstood, ...badRules]) sayText(line);
  return notUnderstood.length + badRules.length === 0 ? "whole" : "partial";
}
