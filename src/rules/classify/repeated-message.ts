/**
 * Knows "message repeated 5 times: [ … ]", which rsyslog writes in place of five lines.
 * Promise: what stands in the brackets is what was logged, whole; where rsyslog may have cut it, that is said.
 */
import { newline } from "../../std/text/line-text.js";

export interface RepeatedMessage {
  /** The line that was repeated: its header, and the message in the brackets. */
  readonly line: Uint8Array;
  /** How often. */
  readonly times: number;
  /** Whether the message may go on where it ends here. */
  readonly mayBeCut: boolean;
}

/** rsyslog writes "%.800s" of the message (tools/ratelimit.c). */
const mostMessageBytes = 800;

const closingBracket = 0x5d;

/** The header is all up to the first ": ", as in "Nov 22 12:00:00 web1 sshd[9]: ". */
const form = /^((?:(?!: )[^\n])*: )message repeated (\d{1,9}) times: \[ ?([^\n]*)\]\n?$/;

/** No header is longer. */
const mostHeaderBytes = 1024;

/** What a line says was repeated, if it is of this form. In: with or without its newline. */
export function repeatedMessage(line: Uint8Array): RepeatedMessage | undefined {
  // Nearly no line passes this, and it costs nothing.
  const last = line[line.length - 1] === newline ? line.length - 2 : line.length - 1;
  if (line[last] !== closingBracket || line.length > mostHeaderBytes + mostMessageBytes) return undefined;
  const found = form.exec(Buffer.from(line).toString("latin1"));
  if (!found) return undefined;
  const [, header = "", times, message = ""] = found;
  return {
    line: Buffer.from(`${header}${message}\n`, "latin1"),
    times: Number(times),
    mayBeCut: message.length >= mostMessageBytes - 1,
  };
}
