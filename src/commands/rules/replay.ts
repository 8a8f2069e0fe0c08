/**
 * `logwinnow rules replay`: what a change of rules would have hidden or shown.
 * Promise: no rule, position or memory is changed.
 */
import { replay } from "../../check/replay/replay.js";
import { replayJson, replayText } from "../../check/replay/replay-text.js";
import type { Config, RuleOptions } from "../../config/config.js";
import { sayNotices } from "../../std/standard-error.js";
import { writeText } from "../../std/standard-output.js";
import { terminalColumns } from "../../std/terminal.js";
import { openCache } from "../../store/caches/open-cache.js";
import { ownStateDirectory } from "../../store/places.js";
import { sayHistory } from "./history.js";

/** The rules of the options are those after the change. */
export interface RulesReplayOptions extends RuleOptions {
  readonly config?: string;
  readonly state?: string;
  /** Directories of rules before the change. Left out: the configured ones. */
  readonly before?: readonly string[];
  readonly sinceMs: number;
  readonly json: boolean;
}

export type RulesReplayOutcome = "same" | "different";

/** Somebody waits for it, and asked for a month. */
const limits = { bytes: 2 ** 34, milliseconds: 600_000 };

/** In: the configuration with the rules before the change, and with those after it. */
export async function rulesReplay(
  { state = ownStateDirectory(), sinceMs, json }: RulesReplayOptions,
  before: Config,
  after: Config,
  now: Date,
): Promise<RulesReplayOutcome> {
  const history = { state, lookBackMs: sinceMs, now, limits };
  const rules = { before: before.rules, after: after.rules };
  const replayed = await replay(before, { ...rules, history, cache: openCache() });
  sayNotices(replayed.notices);
  sayHistory(replayed.history, "the rest is not replayed");
  writeText(json ? replayJson(replayed) : replayText(replayed, terminalColumns()));
  return replayed.changes.length > 0 ? "different" : "same";
}
