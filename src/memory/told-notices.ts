/**
 * Remembers which notices were told.
 * Promise: a bad rule is worth a report once a day, not every hour; a report that is sent anyway names all notices.
 */
import { formatNotice, type Notice } from "../std/notice.js";

const tellAgainAfterMs = 24 * 3_600_000;

/** When each notice was last told, ISO 8601, by its text. */
export type ToldNotices = Readonly<Record<string, string>>;

/**
 * Whether a notice tells of an event, was never told, or not for a day.
 * A time in the future is a clock that was wrong: it does not count.
 */
export function hasNews(notices: readonly Notice[], told: ToldNotices, now: Date): boolean {
  return notices.some((notice) => {
    if (notice.isEvent === true) return true;
    const ageMs = now.getTime() - Date.parse(told[formatNotice(notice)] ?? "");
    return !(ageMs >= 0 && ageMs < tellAgainAfterMs);
  });
}

/** What is remembered after these notices were told; what was told long ago is forgotten. */
export function afterTelling(notices: readonly Notice[], told: ToldNotices, now: Date): ToldNotices {
  const recent = Object.entries(told).filter(
    ([, when]) => now.getTime() - Date.parse(when) < tellAgainAfterMs,
  );
  const fresh = notices.map((notice): [string, string] => [formatNotice(notice), now.toISOString()]);
  return Object.fromEntries([...recent, ...fresh]);
}
