/** The first and the last bytes of what was read. Promise: bounded, whatever the length of what passes. */

/** A fingerprint covers this many bytes, or as many as there are. Below it, content alone is weak evidence. */
export const fingerprintLimitBytes = 1024;

/** The head and the tail of what was read of a file so far. */
export class Trace {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;

  constructor(head: Uint8Array = new Uint8Array(0), tail: Uint8Array = new Uint8Array(0)) {
    this.head = head;
    this.tail = tail;
  }

  /** The trace with bytes after those it knows. Copies what it keeps of them. */
  with(bytes: Uint8Array): Trace {
    const missingBytes = fingerprintLimitBytes - this.head.length;
    return new Trace(
      missingBytes > 0 ? joined(this.head, bytes.subarray(0, missingBytes)) : this.head,
      bytes.length >= fingerprintLimitBytes
        ? // Not slice(), which copies nothing of a Buffer.
          new Uint8Array(bytes.subarray(-fingerprintLimitBytes))
        : joined(this.tail, bytes).slice(-fingerprintLimitBytes),
    );
  }

  /** The trace of both, one after the other. */
  followedBy(next: Trace): Trace {
    return new Trace(
      joined(this.head, next.head).slice(0, fingerprintLimitBytes),
      joined(this.tail, next.tail).slice(-fingerprintLimitBytes),
    );
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}
