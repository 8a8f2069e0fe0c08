/**
 * `logwinnow ignore`: makes a rule of a line, shows what it hides, asks, and writes it.
 * Promise: nothing is written that was not shown and agreed to; `rules undo` takes the last rule back.
 */
import type { Config } from "../config/config.js";
import { makeRules, type MakeRulesOptions, type MakeRulesOutcome } from "./rules/make-rules.js";

export type IgnoreOptions = MakeRulesOptions;

export function ignore(options: IgnoreOptions, config: Config, now: Date): Promise<MakeRulesOutcome> {
  return makeRules(options, { list: "ignored" }, config, now);
}
