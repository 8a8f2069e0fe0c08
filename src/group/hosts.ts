/**
 * The hosts that wrote the lines of a group.
 * Promise: bounded, and where there are more than are kept, that is said: no group is taken for another host's.
 */
import type { ByteString } from "../std/text/byte-string.js";

/** Of one kind. A fleet's digest has a choice of them. */
const maxHosts = 50;
/** Longer ones are no names of hosts. */
const longestName = 255;
/** Stands last, for those that are not kept. */
export const furtherHosts = "";

export class Hosts {
  /** In the order in which they came. */
  readonly names: ByteString[];
  private last: ByteString | undefined;

  /** Goes on where an earlier one left off. */
  constructor(earlier: readonly ByteString[] = []) {
    this.names = [...earlier];
  }

  /** Undefined: the line names none. */
  add(name: ByteString | undefined): void {
    if (name === undefined || name === this.last || name === "" || name.length > longestName) return;
    const { names } = this;
    this.last = names.find((known) => known === name);
    if (this.last !== undefined || names.at(-1) === furtherHosts) return;
    if (names.length >= maxHosts) {
      names.push(furtherHosts);
      return;
    }
    // A slice would hold on to the line that it was cut from.
    this.last = Buffer.from(name, "latin1").toString("latin1");
    names.push(this.last);
  }
}
