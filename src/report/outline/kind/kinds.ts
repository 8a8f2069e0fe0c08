/**
 * Says of a group what rows and headings tell of it.
 * Promise: a title is words of a rule file, and a value fits its type; all else that is not ours is quoted.
 */
import { basename } from "node:path";
import { isUngrouped, linesOf, type Group, type KeyCounts } from "../../../group/group.js";
import { furtherHosts } from "../../../group/hosts.js";
import { mostFrequent } from "../../../group/tally-notes.js";
import { isBack } from "../../../memory/kinds/back.js";
import type { Report } from "../../document.js";
import type { Words } from "../../../std/text/byte-string.js";
import { conditionText, countOf, formatCount } from "../../render/wording.js";
import type { Fact, KeyValue, Novelty, OutlineKind, Phrase } from "../parts.js";
import { quotedBytes, quotedName, quotedShort, wordOf } from "./quoted.js";
import { dayWords, spanWords, timeWords } from "./wording.js";

export interface KindContext extends Pick<
  Report,
  "from" | "to" | "remembersKinds" | "brought" | "addresses"
> {
  /** Short ids by whole ones. */
  readonly ids: ReadonlyMap<Words, Words>;
}

const maxShapeBytes = 300;
const maxProgramBytes = 48;
const maxHostBytes = 64;
const dayMs = 86_400_000;

export function kindOf(group: Group, context: KindContext): OutlineKind {
  const {
    kind = "",
    layer,
    band = "other",
    title,
    shape,
    count,
    firstMs,
    lastMs,
    keys = [],
    hosts = [],
  } = group;
  // The shape of packets that were sent by this host (`group/shape.ts`).
  const isTarget = shape.endsWith(" packet outbound");
  const values = keys
    .map(valueOf)
    .filter((value) => value !== undefined)
    .map((value): KeyValue => (isTarget && value.by === "address" ? { ...value, isTarget } : value));
  const novelty = noveltyOf(group, context);
  const named = { ...group, novelty, values: values.slice(0, 2) };
  return {
    id: context.ids.get(kind) ?? kind.slice(0, 4),
    wholeId: kind,
    layer,
    band,
    ...(title !== undefined && { title }),
    name: nameOf(group),
    values: named.values,
    shape: quotedBytes(shape, maxShapeBytes),
    ...(group.because === "first seen" && { note: ["first seen: ", quotedBytes(shape, maxShapeBytes)] }),
    ...whoseOf(keys, context),
    novelty,
    count,
    lines: linesOf(group),
    ...(firstMs !== undefined && lastMs !== undefined && { firstMs, lastMs }),
    hosts: hosts.filter((host) => host !== furtherHosts).map((host) => quotedBytes(host, maxHostBytes)),
    hasMoreHosts: hosts.includes(furtherHosts),
    facts: factsOf(named, context),
  };
}

const mostDescribed = 3;
const maxDescription = 96;

/** What is known of the addresses that came most often. */
function whoseOf(keys: readonly KeyCounts[], { addresses }: KindContext): Pick<OutlineKind, "whose"> {
  const ofKind = keys.filter(({ by }) => by === "address").flatMap((key) => mostFrequent(key, mostDescribed));
  const whose = ofKind.flatMap((address): Phrase[] => {
    const about = addresses?.get(address);
    return about === undefined
      ? []
      : [[quotedShort(address, maxDescription), ": ", quotedShort(about, maxDescription)]];
  });
  return whose.length > 0 ? { whose } : {};
}

function noveltyOf({ history }: Group, { to, remembersKinds }: KindContext): Novelty {
  if (history === undefined) return remembersKinds ? "new" : "unknown";
  if ((history.ackedUntilMs ?? 0) > to.getTime()) return "acked";
  return isBack(history, to.getTime()) ? "back" : "known";
}

function nameOf(group: Group): Phrase {
  const { title, rule, shape } = group;
  if (title !== undefined) return [title];
  if (rule !== undefined) {
    const place = basename(rule);
    return ["rule ", wordOf(place) ?? quotedName(place, maxProgramBytes)];
  }
  if (isUngrouped(group)) return ["lines that are not grouped"];
  const [, program] = /^([^ :]+): /.exec(shape) ?? [];
  return program === undefined ? ["lines"] : [wordOf(program) ?? quotedBytes(program, maxProgramBytes)];
}

/** One value as it is; of several, how many. */
function valueOf({ by, counts, others, floor }: KeyCounts): KeyValue | undefined {
  const names = Object.keys(counts);
  const [first] = names;
  if (first === undefined) return undefined;
  const isWhole = floor === undefined;
  if (names.length === 1 && isWhole && others === 0) return { by, words: first, distinct: 1 };
  const plural = { address: "addresses", user: "users", unit: "units", device: "devices", port: "ports" }[by];
  const many = names.length > 1 || !isWhole;
  const least = isWhole ? "" : "at least ";
  return {
    by,
    words: many ? `${least}${formatCount(names.length)} ${plural}` : first,
    distinct: names.length,
  };
}

type Named = Group & Pick<OutlineKind, "novelty" | "values">;

function factsOf(group: Named, context: KindContext): readonly Fact[] {
  const { layer, because, values } = group;
  return [
    ...(layer === "violation" ? [fact("layer", "violation")] : []),
    ...noveltyFacts(group, context),
    ...packageFacts(group, context),
    ...(because === undefined ? [] : [fact("condition", conditionText(because))]),
    ...timeFacts(group, context),
    ...values.map((value) => fact("value", valueWords(value))),
    ...usualFacts(group),
  ];
}

function noveltyFacts({ novelty, history }: Named, { to }: KindContext): readonly Fact[] {
  if (novelty === "unknown") return [];
  if (history === undefined) return [fact("novelty", "new")];
  const days = Math.round((to.getTime() - history.lastMs) / dayMs);
  if (novelty === "back") return [fact("novelty", `back after ${countOf(days, "day")}`)];
  if (novelty === "acked")
    return [fact("novelty", `acked until ${dayWords(new Date(history.ackedUntilMs ?? 0), to)}`)];
  return [
    fact("novelty", `known since ${dayWords(new Date(history.firstMs), to)}`),
    fact("novelty", countOf(history.reports, "report")),
  ];
}

/** A change that is older explains nothing that is told now. */
const toldForMs = 8 * dayMs;
/** As Debian's policy has names and versions; what is longer or other is not said. */
const packageName = /^[a-z0-9][-+.a-z0-9]{0,59}$/;
const packageVersion = /^[-+~.:A-Za-z0-9]{1,40}$/;

/** "since openssh-server was upgraded at 06:12:04 (1:9.2p1-2 to 1:9.2p1-3)". */
function packageFacts({ kind = "", history }: Named, { to, brought }: KindContext): readonly Fact[] {
  const change = history === undefined ? brought?.get(kind) : history.brought;
  if (change === undefined || to.getTime() - change.atMs > toldForMs) return [];
  const { action, name, from = "", to: version = "", atMs } = change;
  if (!packageName.test(name)) return [];
  const versions = [from, version].filter((each) => packageVersion.test(each));
  const said = versions.length > 0 ? ` (${versions.join(" to ")})` : "";
  return [fact("package", `since ${name} was ${action} at ${timeWords(atMs, to)}${said}`)];
}

/** A span of nearly the whole period says only that it never stopped. */
const nearlyAll = 0.9;
const hourMs = 3_600_000;

function timeFacts({ firstMs, lastMs }: Group, { from, to }: KindContext): readonly Fact[] {
  if (firstMs === undefined || lastMs === undefined) return [];
  const periodMs = from ? to.getTime() - from.getTime() : Infinity;
  if (firstMs >= (from?.getTime() ?? 0) && lastMs - firstMs > nearlyAll * periodMs) {
    const isAnHour = Math.abs(periodMs - hourMs) < hourMs / 10;
    return [fact("time", isAnHour ? "all hour" : "all the time")];
  }
  return [fact("time", spanWords(firstMs, lastMs, to))];
}

/** "from 203.0.113.200", "38 addresses", "port 6667", "sdb". */
export function valueWords({ by, words, distinct, isTarget }: KeyValue): Words {
  if (distinct > 1) return words;
  if (by === "address") return `${isTarget ? "to" : "from"} ${words}`;
  return by === "port" ? `port ${words}` : words;
}

function usualFacts({ history }: Group): readonly Fact[] {
  if (history?.usualPerHour === undefined) return [];
  if (history.isUsual) return [fact("usual", "as usual")];
  return [fact("usual", `usually ${formatCount(Math.round(history.usualPerHour))} an hour`)];
}

function fact(about: Fact["about"], words: Words): Fact {
  return { about, words };
}
