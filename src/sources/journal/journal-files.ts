/**
 * The files of a journal, and which sequence of entries each of them is a part of, as `journalctl --header` tells.
 * Promise: what journalctl does not tell is unknown, never an error; a file that may not be read is named.
 */
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Notice } from "../../std/notice.js";
import { errorCode } from "../../std/system-error.js";
import { streamOf } from "../bytes/byte-stream.js";
import { startTool } from "../bytes/tool.js";

export interface JournalFile {
  readonly path: string;
  /** The numbers of its first and last entry. */
  readonly head: bigint;
  readonly tail: bigint;
  /** When its first and last entry were written, in microseconds since the epoch. */
  readonly headRealtime: bigint;
  readonly tailRealtime: bigint;
  readonly entries: number;
}

/** The files that share one sequence, in its order. */
export interface JournalSequence {
  readonly id: string;
  readonly files: readonly JournalFile[];
}

export interface JournalListing {
  /** In the order of their first entries. Empty: journalctl tells of no files. */
  readonly sequences: readonly JournalSequence[];
  /** What journalctl complains about, such as a damaged file. */
  readonly complaints: readonly string[];
}

/** Of a thousand files it writes 1.5 MB. */
const mostListedBytes = 16 * 1024 * 1024;

/** In: the arguments that choose a journal. */
export async function listJournal(journalctlArguments: readonly string[]): Promise<JournalListing> {
  const journalctl = startTool({
    command: "journalctl",
    arguments: ["--header", ...journalctlArguments],
    package: "systemd",
  });
  const output = streamOf(journalctl.output);
  const block = Buffer.alloc(65_536);
  let text = "";
  for (let count = 1; count > 0 && text.length < mostListedBytes;) {
    count = await output.read(block);
    // A path is text, and all else is ASCII.
    text += block.toString("utf8", 0, count);
  }
  await journalctl.close();
  const complaints = Buffer.from(journalctl.complaint(), "latin1").toString().split("\n").filter(isComplaint);
  return { sequences: sequencesOf(text), complaints };
}

/** Its hint to users without the group has our own words, below. */
function isComplaint(line: string): boolean {
  return /^(?:Journal file|Failed|Error|No journal files were opened)/.test(line);
}

function sequencesOf(text: string): readonly JournalSequence[] {
  const files = new Map<string, JournalFile[]>();
  for (const header of text.split(/^(?=File path: )/m)) {
    const path = /^File path: (.+)$/m.exec(header)?.[1];
    const id = /^Sequential number ID: ([0-9a-f]{32})$/m.exec(header)?.[1];
    if (path === undefined || id === undefined) continue;
    const file: JournalFile = {
      path,
      head: numberIn(header, "Head sequential number"),
      tail: numberIn(header, "Tail sequential number"),
      headRealtime: numberIn(header, "Head realtime timestamp"),
      tailRealtime: numberIn(header, "Tail realtime timestamp"),
      entries: Number(/^Entry objects: (\d+)$/m.exec(header)?.[1] ?? 0),
    };
    files.set(id, [...(files.get(id) ?? []), file]);
  }
  return [...files]
    .map(([id, ofSequence]) => ({
      id,
      files: ofSequence.toSorted((one, other) => order(one.head, other.head)),
    }))
    .toSorted((one, other) => order(firstRealtime(one), firstRealtime(other)));
}

/** The last entry of a sequence. A number of 0: it holds none. */
export function tailOf({ files }: JournalSequence): { readonly number: bigint; readonly realtime: bigint } {
  return files.reduce(
    (last, { tail, tailRealtime }) => (tail > last.number ? { number: tail, realtime: tailRealtime } : last),
    { number: 0n, realtime: 0n },
  );
}

/** The number in brackets, in hexadecimal, as in "Tail sequential number: 26 (1a)". */
function numberIn(header: string, name: string): bigint {
  const digits = new RegExp(`^${name}: .*\\(([0-9a-f]+)\\)$`, "m").exec(header)?.[1];
  return BigInt(`0x${digits ?? "0"}`);
}

function firstRealtime({ files: [first] }: JournalSequence): bigint {
  return first?.headRealtime ?? 0n;
}

function order(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Where the system's journal is. Its files lie in a directory of the machine's id. */
const systemDirectories = ["/var/log/journal", "/run/log/journal"];

/**
 * What of a journal this user may not read. journalctl reads what it may and keeps silent about the rest, but for a hint.
 * In: its directory; left out, it is the system's journal. `where`: the source's name.
 */
export function unreadableIn(directory: string | undefined, where: string): Notice | undefined {
  const closed: string[] = [];
  const isOfMachine = directory === undefined ? localMachine() : /^[0-9a-f]{32}(?:\..+)?$/;
  for (const root of directory === undefined ? systemDirectories : [directory]) {
    const inside = namesIn(root, closed).filter((name) => isOfMachine.test(name));
    for (const place of [root, ...inside.map((name) => join(root, name))])
      for (const name of namesIn(place, closed))
        if (/\.journal~?$/.test(name)) noteIfClosed(join(place, name), closed);
  }
  const [first] = closed;
  if (first === undefined) return undefined;
  const others = closed.length > 1 ? ` and ${closed.length - 1} more` : "";
  return {
    where,
    what: `"${first}"${others} cannot be read, permission denied`,
    done: "the rest is read; the group systemd-journal may read all of it",
    about: "unread source",
  };
}

/** Of the system's journal journalctl reads what this machine wrote: a directory is named by the machine's id. */
function localMachine(): RegExp {
  try {
    return new RegExp(`^${readFileSync("/etc/machine-id", "latin1").trim().replace(/\W/g, "")}$`);
  } catch {
    return /^[0-9a-f]{32}$/;
  }
}

function namesIn(directory: string, closed: string[]): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (isDenied(error) && !closed.includes(directory)) closed.push(directory);
    return [];
  }
}

function noteIfClosed(path: string, closed: string[]): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    if (isDenied(error)) closed.push(path);
  }
}

function isDenied(error: unknown): boolean {
  return ["EACCES", "EPERM"].includes(errorCode(error) ?? "");
}
