/**
 * Makes the ERE of a header, in the form in which the shipped rules have it.
 * Promise: grep finds the header of each of the lines by it, and a run finds the same header in any form.
 */
import { readEntry } from "../../entry/header.js";
import { escapedEre } from "../../rules/nearest/rule-changes.js";
import type { ByteString } from "../../std/text/byte-string.js";

/** A line as rules read it. */
export interface DividedLine {
  /** With the blank after the host; empty where there is none. */
  readonly header: ByteString;
  /** "sshd[7]: ", "kernel: [   12.345] ". */
  readonly tag: ByteString;
  /** Without trailing white space. */
  readonly message: ByteString;
}

const traditional = /^[A-Za-z]{3} [ 0-9][0-9] [0-9:]{8} $/;
const usualStamp = "\\w{3} [ :0-9]{11}";
const isoStamp = "[0-9T:.+-]{19,35}Z?";
const host = "[._[:alnum:]-]+";

/** In: a line, or what it reads as, without its newline. */
export function dividedLine(line: ByteString, now: Date): DividedLine {
  const { message } = readEntry(line, now);
  const before = line.endsWith(message) ? line.slice(0, line.length - message.length) : "";
  const [header = ""] =
    /^[A-Za-z]{3} [ 0-9][0-9] [0-9:]{8} [^ ]+ |^[0-9]{4}-[0-9]{2}-[0-9]{2}T[^ ]+ [^ ]+ /.exec(before) ?? [];
  const text = line.slice(header.length).trimEnd();
  const [tag = ""] = /^[^ ]+: (\[ *[0-9]+\.[0-9]+\] )?/.exec(header === "" ? "" : text) ?? [];
  return { header, tag, message: text.slice(tag.length) };
}

/** In: the lines of one kind. Out: from "^" on, with the blank after the tag; undefined where they have no header. */
export function headerPattern(lines: readonly DividedLine[]): ByteString | undefined {
  if (lines.some(({ header, tag }) => header === "" || tag === "")) return undefined;
  const areTraditional = lines.map(({ header }) => traditional.test(header.slice(0, 16)));
  const stamp = areTraditional.every(Boolean)
    ? usualStamp
    : areTraditional.some(Boolean)
      ? `(${usualStamp}|${isoStamp})`
      : isoStamp;
  return `^${stamp} ${host} ${tagPattern(lines.map(({ tag }) => tag))}`;
}

function tagPattern(tags: readonly ByteString[]): string {
  const parsed = tags.map(
    (tag) => /^(.*?)(\[[0-9]+\])?: (\[ *[0-9.]+\] )?$/.exec(tag) ?? [tag, tag.slice(0, -2)],
  );
  const names = [...new Set(parsed.map(([, name = ""]) => escapedEre(name)))];
  const some = (part: number, ere: string): string => {
    const count = parsed.filter((one) => one[part] !== undefined).length;
    return count === 0 ? "" : count === parsed.length ? ere : `(${ere})?`;
  };
  const name = names.length === 1 ? names[0] : `(${names.join("|")})`;
  return `${name}${some(2, "\\[[0-9]+\\]")}: ${some(3, "\\[ *[.0-9]+\\] ")}`;
}
