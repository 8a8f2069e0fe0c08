/**
 * What is remembered of logins: how many refused attempts are usual, and whom the last day refused.
 * Promise: a day and 2,000 addresses, those that were refused most; what cannot be read is forgotten, since no line depends
 * on it.
 */
import type { Refusals } from "../group/login-counts.js";
import { hasFields, isCount, isListOf, isOptional, isRecordOf, isString } from "../std/json-shape.js";
import type { ByteString } from "../std/text/byte-string.js";
import type { MemoryRead } from "../store/memory-files.js";
import type { Stored } from "../store/stored.js";
import { countedRun, noCounts, usualPerHour, type HourlyCounts } from "./kinds/usual.js";
import { isPeak } from "./peaks.js";

/** The name of its document. */
export const loginsName = "logins";

const version = 1;
const keptMs = 86_400_000;
const mostAddresses = 2000;

interface LoginRecords {
  readonly usual: HourlyCounts;
  /** By address. */
  readonly refused: Readonly<Record<ByteString, Refusals>>;
}

export class LoginMemory {
  private usual: HourlyCounts;
  private readonly refused: Map<ByteString, Refusals>;
  private hasChanged = false;

  constructor(read: MemoryRead) {
    const records = decoded(read);
    this.usual = records?.usual ?? noCounts;
    this.refused = new Map(Object.entries(records?.refused ?? {}));
  }

  /** Attempts an hour, in hours that had any. Undefined while too little is known. */
  usualPerHour(): number | undefined {
    return usualPerHour(this.usual);
  }

  refuse(address: ByteString, user: ByteString, attempts: number, timeMs: number): void {
    const before = this.refused.get(address);
    const sameUser = before === undefined || before.user === user;
    this.refused.set(address, {
      attempts: (before?.attempts ?? 0) + attempts,
      firstMs: Math.min(before?.firstMs ?? Infinity, timeMs),
      lastMs: Math.max(before?.lastMs ?? -Infinity, timeMs),
      ...(sameUser && { user }),
    });
    this.hasChanged = true;
    if (this.refused.size >= 2 * mostAddresses) this.keepMost(this.refused.size);
  }

  /** What the address was refused in the day before a time. */
  before(address: ByteString, timeMs: number): Refusals | undefined {
    const refusals = this.refused.get(address);
    return refusals && refusals.lastMs <= timeMs && refusals.lastMs > timeMs - keptMs ? refusals : undefined;
  }

  /** A run has ended. In: the attempts that it read, and how many hours it is of. */
  endRun(attempts: number, hours: number, now: Date): void {
    if (attempts > 0) this.usual = countedRun(this.usual, { lines: attempts, hours, nowMs: now.getTime() });
    this.hasChanged ||= attempts > 0;
  }

  toRemember(now: Date): Readonly<Record<string, Stored>> {
    const oldestMs = now.getTime() - keptMs;
    for (const [address, { lastMs }] of this.refused) {
      if (lastMs > oldestMs) continue;
      this.refused.delete(address);
      this.hasChanged = true;
    }
    if (!this.hasChanged) return {};
    this.keepMost(mostAddresses);
    const data: LoginRecords = { usual: this.usual, refused: Object.fromEntries(this.refused) };
    return { [loginsName]: { kind: loginsName, version, data } };
  }

  /** In: from how many addresses on those that were refused least are forgotten. */
  private keepMost(from: number): void {
    if (this.refused.size < from) return;
    const ranked = [...this.refused].sort(([, one], [, other]) => other.attempts - one.attempts);
    for (const [address] of ranked.slice(mostAddresses)) this.refused.delete(address);
  }
}

function decoded(read: MemoryRead): LoginRecords | undefined {
  if (read.kind !== "stored") return undefined;
  const { kind, version: stored, data } = read.stored;
  return kind === loginsName && stored === version && isRecords(data) ? data : undefined;
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

export const isRefusals = hasFields<Refusals>({
  attempts: isCount,
  firstMs: isNumber,
  lastMs: isNumber,
  user: isOptional(isString),
});

const isRecords = hasFields<LoginRecords>({
  usual: hasFields<HourlyCounts>({
    runs: isNumber,
    lines: isNumber,
    hours: isNumber,
    peaks: isListOf(isPeak),
  }),
  refused: isRecordOf(isRefusals),
});
