/**
 * Finds the template of a command that somebody ran: by sudo, cron, doas, or as the audit log has it.
 * Promise: what is run is told apart, and of shells and interpreters what they are told to do; numbers are left out.
 */
import { createHash } from "node:crypto";

/** Further characters of a command differ when their digests do. */
const commandCharacters = 2048;
/** They do what their arguments say. */
const interpreters =
  /^(?:(?:ba|da|a|z|k|mk|c|tc|fi)?sh|busybox|env|nohup|xargs|nsenter|chroot|setsid|script|python[0-9.]*|perl[0-9.]*|ruby[0-9.]*|php[0-9.]*|node|lua[0-9.]*|awk|gawk|mawk|expect|tclsh|socat|nc|ncat|netcat|docker|podman|kubectl|lxc|ssh)$/;

/** The whole command, numbers left out; blanks, semicolons and brackets do not tell two apart. */
export function wholeCommand(command: string): string {
  const looked = command.slice(0, commandCharacters);
  const rest = command.length > commandCharacters ? `~${digestOf(command.slice(commandCharacters))}` : "";
  return (
    looked
      .replaceAll(/[\s;(){}]+/g, " ")
      .replaceAll(varyingPart, "$1*")
      .trim() + rest
  );
}

/** A word with a digit in it, but for three letters or more at its front. */
const varyingPart = /\b([A-Za-z_]{3,})?[A-Za-z_]{0,2}[0-9][A-Za-z0-9_]*/g;

/** The executable without its directory; of an interpreter, its arguments too. */
export function commandByExecutable(command: string): string {
  const end = command.search(/\s|$/);
  const name = command.slice(command.lastIndexOf("/", end - 1) + 1, end);
  const masked = name.replaceAll(/[0-9]+(?:\.[0-9]+)*/g, "*").slice(0, 256);
  return interpreters.test(name) ? `${masked} ${wholeCommand(command.slice(end))}`.trim() : masked;
}

function digestOf(text: string): string {
  return createHash("sha256").update(text.replaceAll(/\d+/g, "#")).digest("hex").slice(0, 16);
}
