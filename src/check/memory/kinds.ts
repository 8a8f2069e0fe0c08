/**
 * What the hourly job knows of the kinds of lines in its report.
 * Promise: a kind is remembered by the commit of the report that tells it, and by no other.
 */
import type { PackageChange } from "../../sources/package-changes.js";
import { isDuring } from "../../conditions/circumstances.js";
import { isUngrouped, linesOf, type Group, type KindHistory } from "../../group/group.js";
import { othersOf } from "../../group/layer-table.js";
import { acknowledgedName, decodeAcknowledged, type Acknowledged } from "../../memory/acknowledged.js";
import { KnownKinds, type RunCounts, type SeenKind } from "../../memory/kinds/known-kinds.js";
import { decodeKinds, encodeKinds, kindsName } from "../../memory/kinds/records.js";
import type { BootComparison } from "../../report/document.js";
import type { Memory } from "../../run/product.js";
import { valuesByKind } from "./kind-values.js";
import type { HistoryKinds } from "../history/history-kinds.js";
import { localDay } from "../../std/local-day.js";
import type { Notice } from "../../std/notice.js";
import type { Stored } from "../../store/stored.js";

export interface KindMemoryOptions {
  /** So many days on which lines came; after them a kind that did not is forgotten. */
  readonly days: number;
  readonly now: Date;
  readonly lastSuccess?: Date;
  /** When the machine booted, as far as that is known by now, ms since the epoch. */
  readonly boots: () => readonly number[];
}

/** A name out of a log may say anything. */
const isPlainName = /^[\w.@-]{1,32}$/;

/** Measured on 17 machines: what a boot writes ends within ten minutes. */
const longestBootMs = 600_000;

/** What a run without any before it looks back at. */
const firstRunHours = 24;

export class KindMemory {
  /** Whether nothing was ever remembered here, so that the logs of before are worth a look. */
  readonly isNew: boolean;
  private readonly memory: Memory;
  private readonly options: KindMemoryOptions;
  private known: KnownKinds | undefined;
  private notesOfReading: readonly Notice[] = [];
  private acknowledged: Acknowledged = {};
  private run: RunCounts = { lines: new Map(), hours: 1 };
  private judged: readonly SeenKind[] = [];

  constructor(memory: Memory, options: KindMemoryOptions) {
    this.memory = memory;
    this.options = options;
    this.isNew = memory.origin !== "lost" && memory.store.state.memory?.[kindsName] === undefined;
  }

  /** Takes kinds out of the logs of before, which no rule decided and no report told. */
  learn(kinds: ReturnType<HistoryKinds["groups"]>): void {
    for (const { group, isOfBoot } of kinds) {
      const { firstMs, lastMs } = group;
      if (isKind(group) && firstMs !== undefined && lastMs !== undefined)
        this.open().learn(group, { firstMs, lastMs, ...(isOfBoot && { isOfBoot }) });
    }
  }

  /** The groups, with what is known of each. `before`: those among them that waited for this report. */
  judge(groups: readonly Group[], before: readonly Group[]): readonly Group[] {
    if (groups.length === 0) return groups;
    const { now, lastSuccess } = this.options;
    const lines = linesByKind(groups);
    for (const [kind, count] of linesByKind(before)) lines.set(kind, (lines.get(kind) ?? 0) - count);
    const hours = lastSuccess ? (now.getTime() - lastSuccess.getTime()) / 3_600_000 : firstRunHours;
    this.run = { lines, hours };
    const values = valuesByKind(groups);
    this.judged = groups
      .filter(isKind)
      .map((group): SeenKind => ({ ...group, values: values.get(group.kind) ?? [] }));
    const histories = new Map(this.judged.map((kind) => [kind.kind, this.historyOf(kind)]));
    return groups.map((group) => {
      const history = isKind(group) ? histories.get(group.kind) : undefined;
      if (history === undefined) return group;
      const { isOfBoot, ...rest } = history;
      return {
        ...group,
        history: { ...rest, ...(isOfBoot && this.bootOf(group) !== undefined && { isOfBoot }) },
      };
    });
  }

  private historyOf(kind: SeenKind): KindHistory | undefined {
    const known = this.open();
    const history = known.historyOf(kind, this.run);
    const untilMs = this.acknowledged[known.idOf(kind) ?? ""];
    const isAcknowledged = untilMs !== undefined && untilMs > this.options.now.getTime();
    return history && isAcknowledged ? { ...history, ackedUntilMs: untilMs } : history;
  }

  /** How the last boot since a time compares with those before; to be asked before the judged groups are settled. */
  comparedBoot(sinceMs: number): BootComparison | undefined {
    const boots = this.options.boots().filter((bootMs) => bootMs >= sinceMs);
    const atMs = boots.at(-1);
    if (atMs === undefined) return undefined;
    const kinds = this.judged.filter((kind) => this.bootOf(kind) !== undefined);
    const known = this.open();
    const isOver = this.options.now.getTime() - atMs > longestBootMs;
    const missing = isOver ? known.missingFromLastBoot(this.judged) : undefined;
    return {
      atMs,
      boots: boots.length,
      kinds: kinds.length,
      fresh: kinds.filter((kind) => known.historyOf(kind) === undefined).length,
      ...(missing !== undefined && { missing }),
    };
  }

  /**
   * Once it is decided what becomes of the judged groups: a report tells them, or they wait for one. `brought`: the changes of
   * packages that new kinds came after, by their ids.
   */
  settle(isTold: boolean, brought: ReadonlyMap<string, PackageChange> = new Map()): void {
    if (this.judged.length === 0) return;
    const known = this.open();
    if (isTold) known.tell(this.judged, (kind) => this.bootOf(kind), brought);
    known.count(this.judged, this.run);
  }

  /** About a memory that cannot be read, or that was full. To be asked for once the groups are judged. */
  notices(): readonly Notice[] {
    const full = [...(this.known?.fullFor(this.judged) ?? [])].map((program): Notice => ({
      where: "memory of kinds",
      what: `has no room for more kinds of ${isPlainName.test(program) ? `"${program}"` : "a program"}`,
      done: "they are told as new each time",
    }));
    return [...this.notesOfReading, ...full];
  }

  toRemember(): Readonly<Record<string, Stored>> {
    const records = this.known?.records();
    return records ? { [kindsName]: encodeKinds(records) } : {};
  }

  /** Read only where a line remains. */
  private open(): KnownKinds {
    if (this.known) return this.known;
    const { records, notices } = decodeKinds(this.memory.store.memory(kindsName));
    const { days, now } = this.options;
    const { acknowledged, notices: ofAcknowledged } = decodeAcknowledged(
      this.memory.store.memory(acknowledgedName),
    );
    this.acknowledged = acknowledged;
    this.notesOfReading = [...notices, ...ofAcknowledged];
    this.known = new KnownKinds(records, days, { date: localDay(now), nowMs: now.getTime() });
    return this.known;
  }

  /** The boot that all lines of a kind came with. */
  private bootOf({ firstMs, lastMs }: Pick<Group, "firstMs" | "lastMs">): number | undefined {
    if (firstMs === undefined || lastMs === undefined) return undefined;
    const bootAt = (timestampMs: number): number | undefined =>
      this.options.boots().findLast((bootMs) => isDuring("boot", bootMs, timestampMs));
    return bootAt(firstMs) === undefined ? undefined : bootAt(lastMs);
  }
}

/** Whether lines are one kind, which can come back. A key that is first seen is news; other lines have nothing in common. */
function isKind(group: Group): group is Group & { readonly kind: string } {
  const { kind, shape, because } = group;
  if (because === "first seen" || because === "no room") return false;
  return kind !== undefined && !isUngrouped(group) && !shape.startsWith(othersOf);
}

function linesByKind(groups: readonly Group[]): Map<string, number> {
  const lines = new Map<string, number>();
  for (const { kind, ...group } of groups)
    if (kind !== undefined) lines.set(kind, (lines.get(kind) ?? 0) + linesOf(group));
  return lines;
}
