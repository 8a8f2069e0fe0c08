/**
 * Says what keeps the hourly job from being well.
 * Promise: one sentence for each thing that somebody must look at, and nothing else: `status` exits with 1 for it.
 */
import { noticesOfFailed } from "../outlets/deliver.js";
import { formatNotice } from "../std/notice.js";
import type { State } from "../store/state.js";
import type { Survey } from "./survey.js";

/** An hourly job has missed many runs by then. */
const staleAfterMs = 24 * 3_600_000;
/** A clock that is corrected by less says nothing. */
const maxClockStepMs = 60_000;

export type Freshness = "fresh" | "stale" | "never" | "in the future";

export function freshnessOf({ lastSuccess }: State, now: Date): Freshness {
  if (lastSuccess === undefined) return "never";
  const ageMs = now.getTime() - Date.parse(lastSuccess);
  if (ageMs < -maxClockStepMs) return "in the future";
  return ageMs < staleAfterMs ? "fresh" : "stale";
}

export function problemsOf({ state, refused, run, sources, now }: Survey): readonly string[] {
  const age = freshnessOf(state, now);
  const { lastSuccess } = state;
  return [
    ...(age === "never" ? ["no run has ever ended well"] : []),
    ...(age === "stale" ? [`the last run that ended well is of ${lastSuccess}`] : []),
    ...(age === "in the future"
      ? [`the last success is of ${lastSuccess}, it is ${now.toISOString()} now: a clock is or was wrong`]
      : []),
    ...(run.kind === "not ended" ? [`the run that began ${run.startedAt ?? "last"} did not end`] : []),
    ...sources.flatMap(({ name, error, hasFailed }) => {
      const why = error === undefined ? "" : `: ${error}`;
      if (hasFailed) return [`${name}: could not be read to its end in the last run${why}`];
      return error === undefined ? [] : [`${name}: cannot be read now${why}`];
    }),
    ...noticesOfFailed(refused).map(formatNotice),
  ];
}
