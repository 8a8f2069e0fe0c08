/**
 * Counts the attempts of a connection to log in, of which several lines tell.
 * Promise: an attempt counts once, however many lines and sources tell of it; a connection that was refused has one at
 * least.
 */
import type { Entry } from "../entry/entry.js";
import type { LoginEvent } from "../entry/login.js";
import type { ByteString, Text } from "../std/text/byte-string.js";

/** As many, and up to twice as many, are known at a time; an older one counts as new. */
const mostConnections = 10_000;

interface Connection {
  /** Attempts that each source has told of. */
  readonly told: Map<Text, number>;
  counted: number;
}

export class LoginAttempts {
  /** By process and address. Once they are many they become the earlier ones: to delete the first of a large map is slow. */
  private connections = new Map<ByteString, Connection>();
  private earlier = new Map<ByteString, Connection>();

  /** In: a line about a refusal. Out: how many attempts it tells of that no line before it told of. */
  newIn(source: Text, { hostname = "", procId }: Entry, event: LoginEvent & { kind: "refused" }): number {
    const { address, user, attempts } = event;
    // Without a process, attempts of one user are one connection.
    const key = `${hostname}\n${address}\n${procId ?? `user ${user}`}`;
    const connection = this.connectionOf(key);
    const told = (connection.told.get(source) ?? 0) + attempts;
    connection.told.set(source, told);
    const fresh = Math.max(0, Math.max(1, told) - connection.counted);
    connection.counted += fresh;
    return fresh;
  }

  private connectionOf(key: ByteString): Connection {
    const known = this.connections.get(key);
    if (known) return known;
    const connection = this.earlier.get(key) ?? { told: new Map<Text, number>(), counted: 0 };
    if (this.connections.size >= mostConnections) {
      this.earlier = this.connections;
      this.connections = new Map();
    }
    this.connections.set(key, connection);
    return connection;
  }
}
