/**
 * `logwinnow rules stats`: how many lines each rule decided over the months, which never did, and what they cost.
 * Promise: only looks; what was not counted is said.
 */
import type { Config, RuleOptions } from "../../config/config.js";
import { shippedRuleDirectory } from "../../config/defaults.js";
import { dayNumber, decodeRuleHits, ruleHitsName } from "../../memory/rule-hits.js";
import { loadRuleSet } from "../../rules/load-rule-set.js";
import { realDisk } from "../../std/disk.js";
import { sayNotices } from "../../std/standard-error.js";
import { writeText } from "../../std/standard-output.js";
import { terminalColumns } from "../../std/terminal.js";
import { openCache } from "../../store/caches/open-cache.js";
import { requireOwnDirectory } from "../../store/owner.js";
import { ownStateDirectory } from "../../store/places.js";
import { readOnlyStore } from "../../store/store.js";
import { ruleStats } from "../../workshop/stats/rule-stats.js";
import { isUnused, statsJson, statsText, unusedText } from "../../workshop/stats/stats-text.js";

export interface RulesStatsOptions extends RuleOptions {
  readonly config?: string;
  readonly state?: string;
  /** Lists the rules that decided no line for so many days. Left out: shows all in short. */
  readonly unusedDays?: number;
  readonly json: boolean;
}

export type RulesStatsOutcome = "shown" | "not counted";

const usualUnusedDays = 90;

export function rulesStats(options: RulesStatsOptions, config: Config, now: Date): RulesStatsOutcome {
  const directory = options.state ?? ownStateDirectory();
  requireOwnDirectory(directory, "rules stats");
  const { ruleSet, notices } = loadRuleSet(config.rules, openCache());
  sayNotices(notices);
  const { store } = readOnlyStore(directory, realDisk);
  const hits = decodeRuleHits(store.memory(ruleHitsName));
  if (hits === undefined) {
    const what = "no run has counted what rules decide";
    sayNotices([
      { where: directory, what, done: "nothing to show; logwinnow check counts from its next run on" },
    ]);
    return "not counted";
  }
  const isShipped = (file: string): boolean => file.startsWith(`${shippedRuleDirectory}/`);
  const stats = ruleStats(ruleSet, hits, now, isShipped);
  const { unusedDays = usualUnusedDays, json } = options;
  const countedDays = dayNumber(now) - hits.since;
  if (countedDays < unusedDays && (options.unusedDays !== undefined || !json)) {
    const what = `lines are counted for ${countedDays} ${countedDays === 1 ? "day" : "days"} only`;
    sayNotices([{ where: directory, what, done: `no rule is called unused for ${unusedDays} days yet` }]);
  }
  const told = options.unusedDays === undefined ? stats : stats.filter((one) => isUnused(one, unusedDays));
  if (json) writeText(statsJson(told, hits, now));
  else if (options.unusedDays !== undefined) writeText(unusedText(stats, unusedDays));
  else writeText(statsText(stats, hits, { now, unusedDays, columns: terminalColumns() }));
  return "shown";
}
