/**
 * What a report counts of logins: who was refused, from where, and who was let in after it.
 * Promise: bounded, and the counts add up to the attempts. Who was refused often before he was let in is never left out for
 * others who were not.
 */
import type { ByteString } from "../std/text/byte-string.js";
import { FieldTally, type Tally } from "./tally.js";

/** What an address was refused before something. Plain JSON. */
export interface Refusals {
  readonly attempts: number;
  /** ms since the epoch. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Where all attempts were of one. */
  readonly user?: ByteString;
}

/** Somebody who was let in. Plain JSON. */
export interface Session {
  readonly address: ByteString;
  readonly user: ByteString;
  readonly port: ByteString;
  /** ms since the epoch. */
  readonly atMs: number;
  /** Left out: the address was not refused before. */
  readonly before?: Refusals;
  /** Left out: it has not ended, or nobody said so. */
  readonly endedMs?: number;
}

/** Plain JSON. */
export interface LoginCounts {
  /** Attempts that were refused. */
  readonly refused: number;
  /** Of these. Left out: there were none. */
  readonly firstMs?: number;
  readonly lastMs?: number;
  readonly addresses: Tally;
  readonly users: Tally;
  /** By time. */
  readonly sessions: readonly Session[];
}

/** Of those who were not refused before, and as many of the others, those who were refused most. */
const mostSessions = 200;

export class LoginCounter {
  private refused: number;
  private firstMs: number;
  private lastMs: number;
  private readonly addresses: FieldTally;
  private readonly users: FieldTally;
  private readonly plain = new Map<string, Session>();
  private afterRefusals: Session[] = [];

  /** Goes on where an earlier one left off. */
  constructor(earlier?: LoginCounts) {
    this.refused = earlier?.refused ?? 0;
    this.firstMs = earlier?.firstMs ?? Infinity;
    this.lastMs = earlier?.lastMs ?? -Infinity;
    this.addresses = new FieldTally("address", earlier?.addresses);
    this.users = new FieldTally("user", earlier?.users);
    for (const session of earlier?.sessions ?? []) this.keep(session);
  }

  refuse(address: ByteString, user: ByteString, attempts: number, timeMs: number): void {
    this.refused += attempts;
    this.firstMs = Math.min(this.firstMs, timeMs);
    this.lastMs = Math.max(this.lastMs, timeMs);
    for (let attempt = 0; attempt < attempts; attempt++) {
      this.addresses.add(address);
      this.users.add(user === "" ? "(none)" : user);
    }
  }

  /** Out: whether nobody told of it before. */
  letIn(session: Session): boolean {
    if (this.sessionOf(session)) return false;
    this.keep(session);
    return true;
  }

  end(connection: Pick<Session, "address" | "port">, endedMs: number): void {
    const session = this.sessionOf(connection);
    if (session === undefined || session.endedMs !== undefined || endedMs < session.atMs) return;
    const ended = { ...session, endedMs };
    if (session.before === undefined) this.plain.set(keyOf(session), ended);
    else this.afterRefusals = this.afterRefusals.map((one) => (one === session ? ended : one));
  }

  counts(): LoginCounts {
    const { refused, firstMs, lastMs } = this;
    return {
      refused,
      ...(refused > 0 && { firstMs, lastMs }),
      addresses: this.addresses.tally(),
      users: this.users.tally(),
      sessions: [...this.plain.values(), ...this.afterRefusals].toSorted(
        (one, other) => one.atMs - other.atMs,
      ),
    };
  }

  private keep(session: Session): void {
    if (session.before === undefined) {
      // The last ones: who was let in long ago is a line of an earlier report.
      this.plain.set(keyOf(session), session);
      for (const key of this.plain.keys()) {
        if (this.plain.size <= mostSessions) break;
        this.plain.delete(key);
      }
      return;
    }
    this.afterRefusals.push(session);
    if (this.afterRefusals.length <= mostSessions) return;
    const attempts = ({ before }: Session): number => before?.attempts ?? 0;
    this.afterRefusals = this.afterRefusals
      .toSorted((one, other) => attempts(other) - attempts(one))
      .slice(0, mostSessions);
  }

  private sessionOf(connection: Pick<Session, "address" | "port">): Session | undefined {
    const key = keyOf(connection);
    return this.plain.get(key) ?? this.afterRefusals.find((session) => keyOf(session) === key);
  }
}

function keyOf({ address, port }: Pick<Session, "address" | "port">): string {
  return `${address} ${port}`;
}
