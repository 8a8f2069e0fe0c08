/** Says of the kept history what of it was not looked into. Promise: what was left out is named, never passed over. */
import type { HistoryRead } from "../../check/history/kept-history.js";
import { sayNotices } from "../../std/standard-error.js";

/** In: what is done about a rest: "the rest is not shown". */
export function sayHistory({ isAllRead, leftOut, notices }: HistoryRead, done: string): void {
  sayNotices(notices);
  if (!isAllRead) sayNotices([{ where: "history", what: "has more than is read at once", done }]);
  if (leftOut > 0) {
    const what = `${leftOut} reported ${leftOut === 1 ? "line" : "lines"} found no room in it`;
    sayNotices([{ where: "archive", what, done: "looked at the others" }]);
  }
}
