/**
 * What a report cannot tell of: notices of sources, rules and the program's own work.
 * Promise: each sort of notice has a row before any has two, and each row says how many more say the same.
 */
import type { Notice } from "../../../std/notice.js";
import { countOf, formatCount } from "../../render/wording.js";
import type { Limits } from "../limits.js";
import type { Listed, NotSeen } from "../outline.js";
import { quotedName } from "../kind/quoted.js";

/** Places that are named of notices that say the same. */
const maxPlaces = 3;

export function notSeenOf(
  notices: readonly Notice[],
  { notSeenRows, nameCharacters }: Limits,
): Listed<NotSeen> {
  const alike = new Map<string, Notice[]>();
  for (const notice of notices) {
    const said = `${notice.what}\n${notice.done}`;
    const same = alike.get(said);
    if (same) same.push(notice);
    else alike.set(said, [notice]);
  }
  const all = [...alike.values()];
  const rest = all.slice(notSeenRows).reduce((sum, same) => sum + same.length, 0);
  return {
    rows: all.slice(0, notSeenRows).map((same) => rowOf(same, nameCharacters)),
    ...(rest > 0 && { more: `and ${countOf(rest, "more notice")}` }),
  };
}

function rowOf(same: readonly Notice[], nameCharacters: number): NotSeen {
  const named = same.slice(0, maxPlaces);
  const rest = same.length - named.length;
  const { what = "", done = "" } = same[0] ?? {};
  const [first, ...further] = named.map(({ where }) => quotedName(where, nameCharacters));
  return {
    what: [first ?? "", ": ", quotedName(what, 3 * nameCharacters)],
    details: [
      [quotedName(done, 3 * nameCharacters), "."],
      ...further.map((place) => ["Also: ", place]),
      ...(rest > 0 ? [[`The same in ${formatCount(rest)} more.`]] : []),
    ],
  };
}
