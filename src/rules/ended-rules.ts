/**
 * Takes out the rules whose time has ended (`#@ until=2027-01-31`).
 * Promise: what is off says so, once for all rules after one comment.
 */
import type { Notice } from "../std/notice.js";
import type { Directives } from "./files/directives.js";
import type { LoadedRules } from "./files/rule-file.js";
import { placeOf, type Rule } from "./rule.js";

/** In: today, "2026-11-27". From the day that `until` names, rules are off. */
export function withoutEndedRules({ rules, notices }: LoadedRules, today: string): LoadedRules {
  const ended = new Map<Directives, Rule[]>();
  const left = rules.filter((rule) => {
    const { directives } = rule;
    if (directives?.until === undefined || today < directives.until) return true;
    ended.set(directives, [...(ended.get(directives) ?? []), rule]);
    return false;
  });
  return { rules: left, notices: [...notices, ...[...ended].map(endedNotice)] };
}

function endedNotice([{ until, owner, reason }, [first, ...others]]: [Directives, Rule[]]): Notice {
  if (first === undefined) throw new Error("bug: no rule has ended");
  const who = [owner, reason && `"${reason}"`].filter((word) => word !== undefined).join(", ");
  const more = others.length > 0 ? `, and so are ${others.length} more after the same comment` : "";
  return {
    where: placeOf(first),
    what: `its time ended on ${until}${who && ` (${who})`}`,
    done: `rule off, its lines are judged without it${more}`,
    about: "ended rule",
  };
}
