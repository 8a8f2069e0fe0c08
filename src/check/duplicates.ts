/**
 * Finds the events that the journal and a log file both carry.
 * Promise: an event is reported once for each time it happened; what is not certainly the same is reported twice.
 */
import type { Layer } from "../rules/layer.js";
import type { Entry } from "../entry/entry.js";
import { journalKind } from "../sources/journal/journal-kind.js";

/** What makes two lines report one event: their second, who logged it, what, and which layer it is in. */
export interface EventKey {
  /** What the rules call it: a rule may know only one form of a line. */
  readonly layer: Layer;
  /** With or without its domain: the journal and syslog need not agree on that. */
  readonly hostname: string;
  /** In whole seconds since the epoch. */
  readonly epochSeconds: number;
  /** The program, such as "sshd". */
  readonly appName: string;
  readonly procId: string | undefined;
  readonly message: string;
}

/**
 * Counts the events of one side, so that the same events of the other side can be taken off.
 * The two lines need not bear the same second: syslog stamps a message when it is sent or when it is received.
 */
export class EventCounts {
  private readonly counts = new Map<string, number>();
  private size = 0;
  private readonly limit: number;

  /** Holds so many events; what comes after them is not remembered, and so reported twice. */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Remembers an event of the one side. */
  add(event: EventKey): void {
    if (this.size >= this.limit) return;
    this.size++;
    const key = keyOf(event, event.epochSeconds);
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  /** Whether an event of the other side was remembered: the same second first, then the next and the one before. */
  take(event: EventKey): boolean {
    for (const seconds of [event.epochSeconds, event.epochSeconds + 1, event.epochSeconds - 1]) {
      const key = keyOf(event, seconds);
      const count = this.counts.get(key);
      if (count === undefined) continue;
      if (count === 1) this.counts.delete(key);
      else this.counts.set(key, count - 1);
      this.size--;
      return true;
    }
    return false;
  }
}

/** NUL cannot stand in any part but the last: no two events have the same key by the way they are put together. */
function keyOf({ layer, hostname, appName, procId, message }: EventKey, epochSeconds: number): string {
  const host = hostname.split(".", 1)[0];
  return `${layer}\0${host}\0${epochSeconds}\0${appName}\0${procId ?? ""}\0${comparable(message)}`;
}

/** rsyslog writes a newline as "#012", the journal's lines as "\x0a"; both trim white space at the end. */
function comparable(message: string): string {
  return message.replaceAll("#012", "\\x0a").trimEnd();
}

/** How many events of each side are remembered, and how long a line may be to be remembered: 2 x 20 MB of memory. */
const maxEvents = 20_000;
const maxLineBytes = 1024;

/** In: the kinds of the sources of a run. Undefined where no journal is read beside another kind. */
export function duplicateFinderFor(sourceKinds: ReadonlySet<string>): DuplicateFinder | undefined {
  return sourceKinds.has(journalKind.kind) && sourceKinds.size > 1 ? new DuplicateFinder() : undefined;
}

/** Finds, line by line as they come, what the journal and the log files of one run both carry. */
export class DuplicateFinder {
  private readonly ofJournal = new EventCounts(maxEvents);
  private readonly ofFiles = new EventCounts(maxEvents);

  /**
   * Whether a line of the other side reported the line's event before: true once for each such line. Otherwise the
   * line is remembered for the other side. A line without time, host or program is like no other.
   */
  isDuplicate(sourceKind: string, line: string, layer: Layer, entry: Entry): boolean {
    const { timestampMs, hostname, appName, procId, message } = entry;
    if (timestampMs === undefined || hostname === undefined || appName === undefined) return false;
    if (line.length > maxLineBytes) return false;
    const epochSeconds = Math.floor(timestampMs / 1000);
    const event = { layer, hostname, epochSeconds, appName, procId, message };
    const isOfJournal = sourceKind === journalKind.kind;
    if ((isOfJournal ? this.ofFiles : this.ofJournal).take(event)) return true;
    (isOfJournal ? this.ofJournal : this.ofFiles).add(event);
    return false;
  }
}
