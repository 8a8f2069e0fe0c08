/** Says when a kind that was told before is news again. */
import type { KindHistory } from "../../group/group.js";

/** Measured: a job of each week stays known, and what comes after a longer time is 0.3 mails a day. */
const backAfterMs = 7.5 * 86_400_000;

/** Whether a kind was not told for so long that it is news again. A time in the future is of a clock that was wrong. */
export function isBack({ lastMs, isOfBoot }: KindHistory, nowMs: number): boolean {
  return !isOfBoot && nowMs - lastMs > backAfterMs;
}
