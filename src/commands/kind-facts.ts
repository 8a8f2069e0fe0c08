/**
 * What is remembered of a kind of lines, in words and as data.
 * Promise: both say the same; times are local in words, and of the zone Z in data.
 */
import { linesOf } from "../group/group.js";
import { acknowledgedName, decodeAcknowledged } from "../memory/acknowledged.js";
import type { NamedKind } from "../memory/kinds/named.js";
import { usualPerHour } from "../memory/kinds/usual.js";
import { decodeOpenReport } from "../report/open-report.js";
import { countOf, formatCount, formatDayAndTime } from "../report/render/wording.js";
import type { Layer } from "../rules/layer.js";
import { escaped, escapedText } from "../std/text/escape.js";
import type { Store } from "../store/store.js";

/** As `show --json` prints it: what is left out is not known, or is not so. */
export interface KindFacts {
  readonly kind: string;
  readonly layer: Layer;
  /** What its lines have in common. */
  readonly shape: string;
  readonly rule?: string;
  readonly firstTold: string;
  readonly lastTold: string;
  readonly reports: number;
  readonly usualPerHour?: number;
  /** Addresses and users that its lines named. */
  readonly values?: readonly string[];
  readonly isOfBoot?: true;
  /** Lines for the next mail. */
  readonly waiting?: number;
  readonly acknowledgedUntil?: string;
}

export function factsOf({ id, record }: NamedKind, store: Store, now: Date): KindFacts {
  const { layer, shape, rule, firstMs, lastMs, reports, counts, values = [], isOfBoot } = record;
  const usual = usualPerHour(counts);
  const { acknowledged } = decodeAcknowledged(store.memory(acknowledgedName));
  const untilMs = acknowledged[id] ?? 0;
  const open = store.openReport();
  const waitingGroups = (open && decodeOpenReport(open)?.groups.filter((group) => group.kind === id)) ?? [];
  const waiting = waitingGroups.reduce((sum, group) => sum + linesOf(group), 0);
  return {
    kind: id,
    layer,
    shape: escaped(shape),
    ...(rule !== undefined && { rule: escapedText(rule) }),
    firstTold: new Date(firstMs).toISOString(),
    lastTold: new Date(lastMs).toISOString(),
    reports,
    ...(usual !== undefined && { usualPerHour: Math.round(usual) }),
    ...(values.length > 0 && { values: values.map(escaped) }),
    ...(isOfBoot && { isOfBoot }),
    ...(waiting > 0 && { waiting }),
    ...(untilMs > now.getTime() && { acknowledgedUntil: new Date(untilMs).toISOString() }),
  };
}

const layerNames: Readonly<Record<Layer, string>> = {
  never: "an alarm",
  violation: "a violation",
  remainder: "lines that no rule decides",
  ignored: "ignored lines",
};

/** A line a fact, each with a newline. */
export function factsText(facts: KindFacts): string {
  const { kind, layer, shape, rule, reports, usualPerHour: usual, values, isOfBoot, waiting } = facts;
  const [first, last] = [facts.firstTold, facts.lastTold].map(inWords);
  const rows: readonly (readonly [string, string | undefined])[] = [
    [kind, layerNames[layer]],
    ["reads", shape],
    ["rule", rule],
    ["told", `first ${first}, last ${last}, ${countOf(reports, "report")}`],
    ["usually", usual === undefined ? undefined : `${formatCount(usual)} an hour, in hours that have any`],
    ["with", values?.join(", ")],
    ["comes", isOfBoot ? "only while the machine boots" : undefined],
    ["waits", waiting === undefined ? undefined : `${countOf(waiting, "line")} for the next mail`],
    ["digest", facts.acknowledgedUntil && `only, until ${inWords(facts.acknowledgedUntil)}`],
  ];
  return rows
    .flatMap(([name, fact]) => (fact === undefined ? [] : [`${name.padEnd(12)}  ${fact}\n`]))
    .join("");
}

function inWords(moment: string): string {
  return formatDayAndTime(new Date(moment));
}
