/**
 * `logwinnow migrate`: a logwinnow.toml from what is under /etc/logcheck.
 * Promise: an existing file is never overwritten, and what could not be carried over is named.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { readConf } from "../logcheck/conf/conf.js";
import { isFile, readLogLists, readRuleDirectories } from "../logcheck/tools/etc.js";
import { charmapName, dateText, hostname } from "../logcheck/tools/host-tools.js";
import { toolLocale } from "../logcheck/tools/locale.js";
import { migrate } from "../logcheck/tools/migrate.js";
import { buildRuleTree } from "../logcheck/rules/rule-tree.js";
import { compileTree } from "../logcheck/rules/placement-classifier.js";
import { settle } from "../logcheck/conf/settings.js";
import { universalPatterns } from "../rules/universal-patterns.js";
import { writeText } from "../std/standard-output.js";

export interface MigrateOptions {
  /** The logcheck.conf to start from. */
  readonly logcheckConf: string;
  /** Where the result goes; unset: standard output. */
  readonly output?: string;
}

/** Out: whether everything was understood and every rule can do its work. */
export async function runMigrate({ logcheckConf, output }: MigrateOptions): Promise<"whole" | "partial"> {
  const conf = readConf(isFile(logcheckConf) ? readFileSync(logcheckConf, "utf8") : "");
  const { settings } = settle(conf, [], { date: dateText, hostname });
  const locale = toolLocale(process.env, charmapName).characters;
  // All levels: what is wrong with a rule should be known before the level is changed.
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
  for (const line of [...understood, ...notUnderstood, ...badRules]) process.stderr.write(`${line}\n`);
  return notUnderstood.length + badRules.length === 0 ? "whole" : "partial";
}
