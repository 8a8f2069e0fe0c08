/**
 * Follows who is refused by ssh, and who is let in after it, beside what rules say of the lines.
 * Promise: ignored lines count as others do, so that nobody who gets in after many attempts goes unnoticed.
 */
import type { Entry } from "../../entry/entry.js";
import { loginEventOf } from "../../entry/login.js";
import { LoginAttempts } from "../../group/login-attempts.js";
import { LoginCounter, type LoginCounts } from "../../group/login-counts.js";
import { LoginMemory, loginsName } from "../../memory/logins.js";
import type { Memory } from "../../run/product.js";
import type { Text } from "../../std/text/byte-string.js";
import type { Stored } from "../../store/stored.js";
import { isIntrusion, type ReportedLogins } from "../../report/logins.js";

export interface LoginWatchOptions {
  readonly now: Date;
  /** Left out: of how many hours the lines are is not known. */
  readonly lastSuccess?: Date;
  /** What earlier runs counted for the same report. */
  readonly earlier?: LoginCounts;
}

export class LoginWatch {
  private readonly options: LoginWatchOptions;
  private readonly memory: LoginMemory;
  private readonly attempts = new LoginAttempts();
  private readonly counter: LoginCounter;
  /** As the runs before this one knew. */
  private readonly usual: number | undefined;
  private attemptsOfRun = 0;
  private hasIntrusionNow = false;

  constructor({ store }: Pick<Memory, "store">, options: LoginWatchOptions) {
    this.options = options;
    this.memory = new LoginMemory(store.memory(loginsName));
    this.usual = this.memory.usualPerHour();
    this.counter = new LoginCounter(options.earlier);
  }

  /** In: each line that is looked at, ignored or not, with its header read. */
  note(source: Text, entry: Entry): void {
    const event = loginEventOf(entry);
    if (event === undefined) return;
    const timeMs = entry.timestampMs ?? this.options.now.getTime();
    const { address, user, port = "" } = event;
    if (event.kind === "ended") this.counter.end({ address, port }, timeMs);
    else if (event.kind === "refused") {
      const attempts = this.attempts.newIn(source, entry, event);
      if (attempts === 0) return;
      this.attemptsOfRun += attempts;
      this.counter.refuse(address, user, attempts, timeMs);
      this.memory.refuse(address, user, attempts, timeMs);
    } else {
      const before = this.memory.before(address, timeMs);
      const session = { address, user, port, atMs: timeMs, ...(before && { before }) };
      if (this.counter.letIn(session) && isIntrusion(session)) this.hasIntrusionNow = true;
    }
  }

  /** Whether somebody was let in by this run's lines who was refused so often that it must be told at once. */
  get hasIntrusion(): boolean {
    return this.hasIntrusionNow;
  }

  /** Undefined where no login was refused and nobody was let in. */
  counts(): LoginCounts | undefined {
    const counts = this.counter.counts();
    return counts.refused > 0 || counts.sessions.length > 0 ? counts : undefined;
  }

  reported(counts: LoginCounts): ReportedLogins {
    return { ...counts, ...(this.usual !== undefined && { usualPerHour: this.usual }) };
  }

  /** The run has read all there is. */
  finish(): void {
    const { now, lastSuccess } = this.options;
    if (lastSuccess === undefined) return;
    this.memory.endRun(this.attemptsOfRun, (now.getTime() - lastSuccess.getTime()) / 3_600_000, now);
  }

  toRemember(): Readonly<Record<string, Stored>> {
    return this.memory.toRemember(this.options.now);
  }
}
