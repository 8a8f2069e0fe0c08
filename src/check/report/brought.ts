/**
 * Says which kinds of lines are new since a package was installed or upgraded that has their program or their unit.
 * Promise: only what came after the change, by dpkg's own log and lists; nothing is read where no kind is new.
 */
import type { Group } from "../../group/group.js";
import { packageChanges, type PackageChange } from "../../sources/package-changes.js";
import { programsOf } from "../../sources/package-programs.js";
import type { ByteString } from "../../std/text/byte-string.js";

/** What a package changed shows within days: when a timer starts it, or people come back to it. */
const lookedBackMs = 7 * 86_400_000;
/** Lines and dpkg's log have stamps of one second, and a daemon is stopped before the log says so. */
const toleranceMs = 60_000;

export interface PackagePlaces {
  /** dpkg's logs, the newest first; unset: the usual ones. */
  readonly logs?: readonly string[];
  /** dpkg's lists of files; unset: the usual place. */
  readonly lists?: string;
}

/** In: groups, with what is known of each. Out: the change that a kind came after, by the kind's id. */
export function broughtBy(
  groups: readonly Group[],
  now: Date,
  { logs, lists }: PackagePlaces = {},
): ReadonlyMap<string, PackageChange> {
  const fresh = groups.filter(({ history, firstMs }) => history === undefined && firstMs !== undefined);
  if (fresh.length === 0) return new Map();
  const changes = packageChanges(now.getTime() - lookedBackMs, now.getTime(), logs);
  if (changes.length === 0) return new Map();
  const programs = programsOf(changes, lists);
  return new Map(
    fresh.flatMap(({ kind, shape, firstMs = 0 }): (readonly [string, PackageChange])[] => {
      const names = namesOf(shape);
      const change = names.map((name) => programs.get(name)).find((found) => found !== undefined);
      return kind !== undefined && change && firstMs >= change.atMs - toleranceMs ? [[kind, change]] : [];
    }),
  );
}

/** The units that a shape names, then its program: "postfix/smtpd" is also of "smtpd" and of "postfix", "CRON" of "cron". */
function namesOf(shape: ByteString): readonly string[] {
  const units = shape.match(/[\w@:.\\-]+\.(?:service|socket|timer|mount|path)\b/g) ?? [];
  const [, name = ""] = /^([^ :[]+)(?:\[[^\]]*\])?: /.exec(shape) ?? [];
  return [
    ...units.flatMap((unit) => [unit, unit.replace(/@[^.]*\./, "@.")]),
    name,
    name.slice(name.lastIndexOf("/") + 1),
    name.split("/", 1)[0] ?? "",
    name.toLowerCase(),
  ];
}
