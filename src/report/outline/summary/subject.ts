/**
 * The subject of a mail.
 * Promise: at most 70 characters of printable ASCII; fixed words, titles of rules and counts. No text of any log ever
 * stands in it. The first word is ALARM, or it is no alarm.
 */
import type { Words } from "../../../std/text/byte-string.js";
import type { Session } from "../../../group/login-counts.js";
import { countOf, formatCount } from "../../render/wording.js";
import { countWords } from "./counts.js";
import type { Counts, Urgency } from "../outline.js";
import type { OutlineKind } from "../parts.js";
import { plainText } from "../kind/quoted.js";

export interface Told {
  readonly urgency: Urgency;
  readonly host: Words;
  /** The worst first. */
  readonly kinds: readonly OutlineKind[];
  readonly counts: Counts;
  /** Who was refused so often before he was let in that nobody forgot a password. */
  readonly intrusion?: Session | undefined;
}

const maxCharacters = 70;
const maxTitle = 40;
const maxHost = 20;

export function subjectOf(told: Told): Words {
  const { urgency, host } = told;
  const start = (name: Words): Words => `${urgency === "alarm" ? "ALARM " : ""}${name}: `;
  const [first = "", ...further] = partsOf(told);
  const name = start(host).length + first.length > maxCharacters ? host.slice(0, maxHost) : host;
  let subject = (start(name) + first).slice(0, maxCharacters);
  for (const part of further) {
    const longer = `${subject}, ${part}`;
    if (longer.length > maxCharacters) break;
    subject = longer;
  }
  return subject;
}

/** What the subject says, the most important first; at least one. */
export function partsOf({ urgency, kinds, counts, intrusion }: Told): readonly Words[] {
  if (urgency === "alarm") return alarmParts(kinds, counts);
  if (urgency === "digest") return digestParts(counts);
  const titles = titleParts(kinds);
  const { known, ...news } = counts;
  const unnamed = (count: number): number => (count > titles.kinds ? count : 0);
  const violation = kinds.find(({ layer }) => layer === "violation");
  // One violation alone is named; where something else is, it is a number.
  const isNamed = news.violations === 1 && titles.words.length === 0 && violation?.title !== undefined;
  const parts = [
    ...(intrusion?.before ? [`let in after ${formatCount(intrusion.before.attempts)} refusals`] : []),
    ...titles.words,
    ...(isNamed && violation ? [titleOf(violation)] : []),
    ...countWords({
      ...news,
      violations: isNamed ? 0 : news.violations,
      fresh: unnamed(news.fresh),
      others: unnamed(news.others),
      known: 0,
    }),
  ];
  if (parts.length > 0) return parts;
  return [known > 0 ? countOf(known, "known kind") : "quiet, nothing new"];
}

/** What is acknowledged, and what could not be seen; what is known as usual is a quiet day. */
function digestParts(counts: Counts): readonly Words[] {
  const alarms = counts.alarms > 0 ? [countOf(counts.alarms, "alarm")] : [];
  const [first, ...further] = [...alarms, ...countWords({ ...counts, known: 0 })];
  return first === undefined ? ["quiet day, nothing new"] : [`day with ${first}`, ...further];
}

function alarmParts(kinds: readonly OutlineKind[], { alarms }: Counts): readonly Words[] {
  const ofAlarms = kinds.filter(({ layer }) => layer === "never");
  const [worst] = ofAlarms;
  if (worst === undefined) return ["an alarm"];
  const since = ofAlarms.every(({ novelty }) => novelty === "known")
    ? worst.facts.find(({ about, words }) => about === "novelty" && words.startsWith("known since"))
    : undefined;
  return [
    titleOf(worst),
    ...(alarms > 1 ? [countOf(alarms - 1, "more alarm")] : []),
    ...(since ? [since.words.replace("known ", "")] : []),
  ];
}

/** The title; without one the place of the rule, where it is a plain name. */
export function titleOf({ title, name }: OutlineKind): Words {
  if (title !== undefined) return title.slice(0, maxTitle);
  const [, place] = name;
  return name[0] === "rule " && typeof place === "string" ? plainText(name).slice(0, maxTitle) : "an alarm";
}

interface TitleParts {
  readonly words: readonly Words[];
  /** That the words speak of. */
  readonly kinds: number;
}

const maxTitles = 2;

/** Of the remainder: "a service failed (3)", "out of memory (new)". */
function titleParts(kinds: readonly OutlineKind[]): TitleParts {
  const byTitle = new Map<Words, OutlineKind[]>();
  for (const kind of kinds) {
    const { layer, novelty, title } = kind;
    if (layer !== "remainder" || novelty === "known" || novelty === "acked" || title === undefined) continue;
    const alike = byTitle.get(titleOf(kind));
    if (alike) alike.push(kind);
    else if (byTitle.size < maxTitles) byTitle.set(titleOf(kind), [kind]);
  }
  const named = [...byTitle];
  return {
    words: named.map(([title, [first, ...more]]) => {
      if (more.length > 0) return `${title} (${1 + more.length})`;
      return first?.novelty === "new" ? `${title} (new)` : title;
    }),
    kinds: named.reduce((sum, [, ofTitle]) => sum + ofTitle.length, 0),
  };
}
