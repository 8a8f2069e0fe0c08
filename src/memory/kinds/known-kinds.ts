/**
 * The kinds of lines that earlier reports told.
 * Promise: bounded, and only what did not come for long is ever forgotten: whoever floods it makes more be told, never
 * less. A kind that finds no room is new each time.
 */
import type { PackageChange } from "../../sources/package-changes.js";
import type { Group, KindHistory } from "../../group/group.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { collapsed, longestShape, openShapes, programOf } from "./collapse.js";
import { missingFromLastBoot } from "./boots.js";
import type { KindRecord, KindRecords } from "./records.js";
import { countedRun, isMoreThanUsual, noCounts, usualPerHour } from "./usual.js";
import { valuesOf } from "./values.js";

/** Of all programs together, and of one. The kernel has many devices. */
const mostKinds = 20_000;
const mostOfProgram = 300;
const mostOfKernel = 2000;
/** A machine may run for a year between two boots. */
const timesLongerOfBoot = 4;

/** "2026-11-27" at this host, and the moment in ms since the epoch. */
export interface Today {
  readonly date: string;
  readonly nowMs: number;
}

/** What a run read, apart from what waited. */
export interface RunCounts {
  /** Lines by the id of their kind. */
  readonly lines: ReadonlyMap<string, number>;
  readonly hours: number;
}

/** A kind of lines that can be remembered. */
export type SeenKind = Pick<Group, "layer" | "shape" | "rule" | "firstMs" | "lastMs"> & {
  /** Of alarms and violations: the addresses and users that its lines name. */
  readonly values?: readonly string[];
  readonly kind: string;
};

export class KnownKinds {
  private readonly kinds: Map<string, KindRecord>;
  private readonly ofProgram = new Map<ByteString, number>();
  private readonly day: number;
  private readonly today: Today;
  private hasChanged = false;
  private hasOpen: boolean;

  constructor({ day, date, kinds }: KindRecords, expireDays: number, today: Today) {
    this.today = today;
    this.day = date === today.date ? day : day + 1;
    const isLeft = ({ day: seen, isOfBoot }: KindRecord): boolean =>
      seen >= this.day - expireDays * (isOfBoot ? timesLongerOfBoot : 1);
    this.kinds = new Map(Object.entries(kinds).filter(([, record]) => isLeft(record)));
    for (const { shape } of this.kinds.values()) this.countMore(shape, 1);
    this.hasOpen = [...this.kinds.values()].some(({ isOpen }) => isOpen);
  }

  /** What is known of a kind; undefined: it is new. `run`: what to compare its usual number with. */
  historyOf(kind: SeenKind, run?: RunCounts): KindHistory | undefined {
    const record = this.find(kind)?.record;
    if (record === undefined) return undefined;
    const { firstMs, lastMs, reports, counts, values, isOfBoot, brought } = record;
    const hasNewValues = kind.values?.some((value) => !values?.includes(value));
    const usual = usualPerHour(counts);
    const lines = run?.lines.get(kind.kind) ?? 0;
    return {
      firstMs,
      lastMs,
      reports,
      ...(usual !== undefined && { usualPerHour: usual }),
      isUsual: run === undefined || !isMoreThanUsual(counts, { lines, hours: run.hours }),
      ...(hasNewValues && { hasNewValues }),
      ...(isOfBoot && { isOfBoot }),
      ...(brought && { brought }),
    };
  }

  /** The id that the kind is remembered by: that of an open shape, where it fits one. */
  idOf(kind: SeenKind): string | undefined {
    return this.find(kind)?.id;
  }

  /** The programs of these kinds that have no room for one that is new. */
  fullFor(kinds: readonly SeenKind[]): ReadonlySet<ByteString> {
    const without = kinds.filter((kind) => !this.hasRoom(kind.shape) && this.find(kind) === undefined);
    return new Set(without.map(({ shape }) => programOf(shape)));
  }

  /** Counts the lines of a run to the kinds that are known. */
  count(kinds: readonly SeenKind[], run: RunCounts): void {
    const done = new Set<string>();
    for (const kind of kinds) {
      const lines = run.lines.get(kind.kind) ?? 0;
      const found = this.find(kind);
      if (lines === 0 || found === undefined || done.has(kind.kind)) continue;
      done.add(kind.kind);
      const { record } = found;
      const counts = countedRun(record.counts, { lines, hours: run.hours, nowMs: this.today.nowMs });
      this.set(found.id, { ...record, counts, day: this.day });
    }
  }

  /** How many kinds that came with the last boot that is remembered are not among these; undefined: none is remembered. */
  missingFromLastBoot(kinds: readonly SeenKind[]): number | undefined {
    return missingFromLastBoot(this.kinds, new Set(kinds.map((kind) => this.idOf(kind))));
  }

  /**
   * Remembers that a report tells these kinds. `bootOf`: the boot that all lines of one came with, ms since the epoch.
   * `brought`: the changes of packages that new ones came after, by their ids.
   */
  tell(
    kinds: readonly SeenKind[],
    bootOf: (kind: SeenKind) => number | undefined = () => undefined,
    brought: ReadonlyMap<string, PackageChange> = new Map(),
  ): void {
    const { nowMs } = this.today;
    for (const kind of new Map(kinds.map((each) => [each.kind, each])).values()) {
      const found = this.find(kind);
      const bootMs = bootOf(kind);
      if (found === undefined) {
        const boot = bootMs === undefined ? {} : { isOfBoot: true as const, bootMs };
        const change = brought.get(kind.kind);
        this.begin(kind, { firstMs: nowMs, lastMs: nowMs, ...boot, ...(change && { brought: change }) });
      } else {
        const { isOfBoot: wasOfBoot, ...record } = found.record;
        this.set(found.id, {
          ...record,
          ...valuesOf([...(record.values ?? []), ...(kind.values ?? [])]),
          lastMs: nowMs,
          reports: record.reports + 1,
          day: this.day,
          ...(wasOfBoot && bootMs !== undefined && { isOfBoot: wasOfBoot }),
          ...(bootMs !== undefined && { bootMs }),
        });
      }
    }
    this.collapse();
  }

  /** Remembers kinds out of the logs of before, which came within these times. */
  learn(kind: SeenKind, facts: Pick<KindRecord, "firstMs" | "lastMs" | "isOfBoot">): void {
    if (!this.kinds.has(kind.kind)) this.begin(kind, facts);
  }

  /** What is to be stored; undefined where it is what was stored. */
  records(): KindRecords | undefined {
    if (!this.hasChanged) return undefined;
    return { day: this.day, date: this.today.date, kinds: Object.fromEntries(this.kinds) };
  }

  private find(kind: SeenKind): { readonly id: string; readonly record: KindRecord } | undefined {
    const record = this.kinds.get(kind.kind);
    if (record) return { id: kind.kind, record };
    if (!this.hasOpen || kind.layer !== "remainder") return undefined;
    for (const { id } of openShapes(kind.shape)) {
      const open = this.kinds.get(id);
      if (open) return { id, record: open };
    }
    return undefined;
  }

  private begin(
    { kind, layer, shape, rule, values = [] }: SeenKind,
    facts: Pick<KindRecord, "firstMs" | "lastMs" | "isOfBoot" | "isOpen" | "brought">,
  ): void {
    if (!this.hasRoom(shape)) return;
    this.set(kind, {
      layer,
      // A slice would hold on to the line that it was cut from.
      shape: Buffer.from(shape.slice(0, longestShape), "latin1").toString("latin1"),
      ...(rule !== undefined && { rule }),
      reports: 1,
      day: this.day,
      counts: noCounts,
      ...valuesOf(values),
      ...facts,
    });
    this.countMore(shape, 1);
  }

  private set(id: string, record: KindRecord): void {
    this.kinds.set(id, record);
    this.hasChanged = true;
  }

  /** Makes one kind of many that are of this day and differ in one word. */
  private collapse(): void {
    const startMs = new Date(this.today.nowMs).setHours(0, 0, 0, 0);
    const ofDay = [...this.kinds].filter(
      ([, { layer, rule, firstMs, isOfBoot, isOpen }]) =>
        layer === "remainder" && rule === undefined && firstMs >= startMs && !isOfBoot && !isOpen,
    );
    const shapes = new Map(ofDay.map(([id, { shape }]) => [id, shape]));
    for (const { id, shape, members } of collapsed(shapes)) {
      for (const member of members) this.forget(member);
      const span = { firstMs: startMs, lastMs: this.today.nowMs };
      this.begin({ kind: id, layer: "remainder", shape }, { ...span, isOpen: true });
      this.hasOpen = true;
    }
  }

  private forget(id: string): void {
    const record = this.kinds.get(id);
    if (record === undefined) return;
    this.kinds.delete(id);
    this.countMore(record.shape, -1);
  }

  private countMore(shape: ByteString, kinds: number): void {
    const program = programOf(shape);
    this.ofProgram.set(program, (this.ofProgram.get(program) ?? 0) + kinds);
  }

  private hasRoom(shape: ByteString): boolean {
    const program = programOf(shape);
    const most = program === "kernel" ? mostOfKernel : mostOfProgram;
    return this.kinds.size < mostKinds && (this.ofProgram.get(program) ?? 0) < most;
  }
}
