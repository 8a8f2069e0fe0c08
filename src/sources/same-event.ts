/**
 * Finds the events that the journal and a log file both carry.
 * Promise: an event is told once for each time it happened; what is not certainly the same is told twice.
 */

/** What makes two lines tell of one event: their second, who logged it, and what. */
export interface EventKey {
  /** In whole seconds since the epoch. */
  readonly epochSeconds: number;
  /** The program, such as "sshd". */
  readonly appName: string;
  readonly procId: string | undefined;
  readonly message: string;
}

/**
 * Counts the events of one side, so that the other side's can be told apart from them.
 * Twins need not lie in the same second: syslog stamps a message when it is sent or when it is received.
 */
export class EventCounts {
  private readonly counts = new Map<string, number>();
  private size = 0;
  private readonly limit: number;

  /** Holds so many events; what comes on top is not remembered, and so told twice. */
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
function keyOf({ appName, procId, message }: EventKey, epochSeconds: number): string {
  return `${epochSeconds}\0${appName}\0${procId ?? ""}\0${comparable(message)}`;
}

/** rsyslog writes a newline as "#012", the journal's lines as "\x0a"; both trim white space at the end. */
function comparable(message: string): string {
  return message.replaceAll("#012", "\\x0a").trimEnd();
}
