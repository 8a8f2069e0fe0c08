/**
 * `logwinnow raise`: makes a rule that raises lines like one which was ignored, or which no rule decided, shows what else it
 * raises, asks, and writes it.
 * Promise: the lines are raised whatever ignores them, or the reason why not is said and nothing is written.
 */
import type { Config } from "../config/config.js";
import { makeRules, type MakeRulesOptions, type MakeRulesOutcome } from "./rules/make-rules.js";

export interface RaiseOptions extends MakeRulesOptions {
  /** What happened, in words for subjects and headlines: 3 to 40 printable characters of ASCII. */
  readonly title?: string;
  /** Whether such lines should never happen; otherwise they deserve attention. */
  readonly never: boolean;
}

export function raise(
  { title, never, ...options }: RaiseOptions,
  config: Config,
  now: Date,
): Promise<MakeRulesOutcome> {
  const list = never ? "never" : "violation";
  return makeRules(options, { list, ...(title !== undefined && { title }) }, config, now);
}
