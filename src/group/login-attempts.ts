/**
 * Counts the attempts of a connection to log in, of which several lines tell.
 * Promise: an attempt counts once, however many lines and sources tell of it; a connection that was refused has one at
 * least.
 */
import type { Entry } from "../entry/entry.js";
import type { LoginEvent } from "../entry/login.js";
import type { ByteString, Text } from "../std/text/byte-string.js";

/** More connections at a time are not told apart from new ones. */
const mostConnections = 10_000;

interface Connection {
  /** Attempts that each source has told of. */
  readonly told: Map<Text, number>;
  counted: number;
}

export class LoginAttempts {
  /** By process and address, what was looked at last at the end. */
  private readonly connections = new Map<ByteString, Connection>();

  /** In: a line about a refusal. Out: how many attempts it tells of that no line before it told of. */
  newIn(source: Text, { hostname = "", procId }: Entry, event: LoginEvent & { kind: "refused" }): number {
    const { address, user, attempts } = event;
    // Without a process, attempts of one user are one connection.
    const key = `${hostname}\n${address}\n${procId ?? `user ${user}`}`;
    const connection = this.connections.get(key) ?? { told: new Map<Text, number>(), counted: 0 };
    this.connections.delete(key);
    this.connections.set(key, connection);
    if (this.connections.size > mostConnections) this.forgetOldest();
    const told = (connection.told.get(source) ?? 0) + attempts;
    connection.told.set(source, told);
    const fresh = Math.max(0, Math.max(1, told) - connection.counted);
    connection.counted += fresh;
    return fresh;
  }

  private forgetOldest(): void {
    for (const key of this.connections.keys()) {
      this.connections.delete(key);
      return;
    }
  }
}
