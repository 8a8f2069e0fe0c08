/**
 * Finds the events that the journal and a log file both carry.
 * Promise: an event is reported once for each time it happened; what is not certainly the same is reported twice.
 */
import type { Layer } from "../../rules/layer.js";
import type { Entry } from "../../entry/entry.js";
import { journalKind } from "../../sources/journal/journal-kind.js";
import { eventKeyOf, unrepeated, type EventKey } from "./same-event.js";

/** How many events of one second each process had; under "" those whose process is not known. */
type Processes = Map<string, number>;

/** A line that stands for several events, which happened in the hour before it. */
interface Repeated {
  readonly epochSeconds: number;
  readonly procId: string | undefined;
  left: number;
}

const repeatedWithinSeconds = 3600;
/** Lines of one text that stand for several events. */
const maxRepeated = 100;
/** Seconds that are looked at for such lines, in one run: what comes after that is reported twice. */
const maxLooks = 10_000_000;

/**
 * Counts the events of one side, so that the same events of the other side can be taken off.
 * The two lines need not bear the same second: syslog stamps a message when it is sent or when it is received.
 */
export class EventCounts {
  private readonly events = new Map<string, Map<number, Processes>>();
  private readonly repeated = new Map<string, Repeated[]>();
  private size = 0;
  private looks = 0;
  private readonly limit: number;
  private readonly localHost: string;

  /** Holds so many events; what comes after them is not remembered, and so reported twice. */
  constructor(limit: number, localHost = "") {
    this.limit = limit;
    this.localHost = localHost;
  }

  /** Remembers an event of the one side. */
  add(event: EventKey): void {
    if (this.size >= this.limit) return;
    const { epochSeconds, procId } = event;
    const { times, message } = unrepeated(event.message);
    const key = eventKeyOf({ ...event, message }, this.localHost);
    if (times > 1) {
      const lines = this.repeated.get(key) ?? [];
      if (lines.length >= maxRepeated) return;
      this.repeated.set(key, [...lines, { epochSeconds, procId, left: times }]);
    } else {
      const seconds = this.events.get(key) ?? new Map<number, Processes>();
      this.events.set(key, seconds);
      const processes: Processes = seconds.get(epochSeconds) ?? new Map();
      seconds.set(epochSeconds, processes);
      processes.set(procId ?? "", (processes.get(procId ?? "") ?? 0) + 1);
    }
    this.size++;
  }

  /** Whether an event of the other side was remembered: the same second first, then the next and the one before. */
  take(event: EventKey): boolean {
    const { epochSeconds, procId } = event;
    const { times, message } = unrepeated(event.message);
    const key = eventKeyOf({ ...event, message }, this.localHost);
    if (times > 1) return this.takeSeveral(key, event, times) || this.takeAsItIs(key, event, times);
    for (const seconds of [epochSeconds, epochSeconds + 1, epochSeconds - 1])
      if (this.takeOne(key, seconds, procId)) return true;
    return this.takeFromRepeated(key, event);
  }

  private takeOne(key: string, epochSeconds: number, procId: string | undefined): boolean {
    const seconds = this.events.get(key);
    const processes = seconds?.get(epochSeconds);
    const process = processes && processOf(processes, procId);
    if (seconds === undefined || processes === undefined || process === undefined) return false;
    const count = processes.get(process) ?? 0;
    if (count > 1) processes.set(process, count - 1);
    else processes.delete(process);
    if (processes.size === 0) seconds.delete(epochSeconds);
    if (seconds.size === 0) this.events.delete(key);
    this.size--;
    return true;
  }

  /** A line that stands for several events is a duplicate where all of them were remembered. */
  private takeSeveral(key: string, { epochSeconds, procId }: EventKey, times: number): boolean {
    const found: number[] = [];
    for (const [seconds, processes] of this.events.get(key) ?? []) {
      if ((this.looks += 1) > maxLooks) return false;
      if (!isWithinRepetition(seconds, epochSeconds)) continue;
      const count = countFor(processes, procId);
      for (let index = 0; index < count && found.length < times; index++) found.push(seconds);
      if (found.length === times) break;
    }
    if (found.length < times) return false;
    for (const seconds of found) this.takeOne(key, seconds, procId);
    return true;
  }

  /** Both sides may have the line for several events in the same words. */
  private takeAsItIs(key: string, { epochSeconds, procId }: EventKey, times: number): boolean {
    const lines = this.repeated.get(key) ?? [];
    const line = lines.find(
      (other) =>
        other.left === times &&
        Math.abs(other.epochSeconds - epochSeconds) <= 1 &&
        isSameProcess(other.procId, procId),
    );
    if (line === undefined) return false;
    this.forget(key, lines, line);
    return true;
  }

  private takeFromRepeated(key: string, { epochSeconds, procId }: EventKey): boolean {
    const lines = this.repeated.get(key) ?? [];
    const line = lines.find(
      (other) => isWithinRepetition(epochSeconds, other.epochSeconds) && isSameProcess(other.procId, procId),
    );
    if (line === undefined) return false;
    line.left -= 1;
    if (line.left === 0) this.forget(key, lines, line);
    return true;
  }

  private forget(key: string, lines: readonly Repeated[], line: Repeated): void {
    const others = lines.filter((other) => other !== line);
    if (others.length > 0) this.repeated.set(key, others);
    else this.repeated.delete(key);
    this.size--;
  }
}

function isWithinRepetition(epochSeconds: number, repeatedAt: number): boolean {
  return epochSeconds <= repeatedAt + 1 && epochSeconds >= repeatedAt - repeatedWithinSeconds;
}

function isSameProcess(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** The same process, else one that is not known; any process for an event whose own is not known. */
function processOf(processes: Processes, procId: string | undefined): string | undefined {
  if (processes.has(procId ?? "")) return procId ?? "";
  if (procId === undefined) return processes.keys().next().value;
  return processes.has("") ? "" : undefined;
}

/** How many events `processOf` would find one after the other. */
function countFor(processes: Processes, procId: string | undefined): number {
  if (procId !== undefined) return (processes.get(procId) ?? 0) + (processes.get("") ?? 0);
  return [...processes.values()].reduce((sum, count) => sum + count, 0);
}

/** How many events of each side are remembered: 2 x 20 MB of memory. */
const maxEvents = 20_000;

/** In: the kinds of the sources of a run. Undefined where no journal is read beside another kind. */
export function duplicateFinderFor(
  sourceKinds: ReadonlySet<string>,
  localHost: string,
): DuplicateFinder | undefined {
  return sourceKinds.has(journalKind.kind) && sourceKinds.size > 1
    ? new DuplicateFinder(localHost)
    : undefined;
}

/** Finds, line by line as they come, what the journal and the log files of one run both carry. */
export class DuplicateFinder {
  private readonly ofJournal: EventCounts;
  private readonly ofFiles: EventCounts;

  /** In: this host's name, fully qualified if it can be. */
  constructor(localHost: string) {
    this.ofJournal = new EventCounts(maxEvents, localHost);
    this.ofFiles = new EventCounts(maxEvents, localHost);
  }

  /**
   * Whether a line of the other side reported the line's event before: true once for each such line. Otherwise the
   * line is remembered for the other side. A line without time, host or program is like no other, nor is one whose end
   * is not known.
   */
  isDuplicate(sourceKind: string, entry: Entry, layer: Layer, isCut: boolean): boolean {
    const { timestampMs, hostname, appName, procId, message } = entry;
    if (timestampMs === undefined || hostname === undefined || appName === undefined) return false;
    if (isCut) return false;
    const epochSeconds = Math.floor(timestampMs / 1000);
    const event = { layer, hostname, epochSeconds, appName, procId, message };
    const isOfJournal = sourceKind === journalKind.kind;
    if ((isOfJournal ? this.ofFiles : this.ofJournal).take(event)) return true;
    (isOfJournal ? this.ofJournal : this.ofFiles).add(event);
    return false;
  }
}
