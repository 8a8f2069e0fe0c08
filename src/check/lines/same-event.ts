/**
 * Says which lines of the journal and of a log file can be one event.
 * Promise: two lines are compared by all that they say, whatever each side makes of control bytes and stamps.
 */
import { createHash } from "node:crypto";
import type { Layer } from "../../rules/layer.js";

/** What makes two lines report one event: their second, who logged it, what, and which layer it is in. */
export interface EventKey {
  /** What the rules call it: a rule may know only one form of a line. */
  readonly layer: Layer;
  readonly hostname: string;
  /** In whole seconds since the epoch. */
  readonly epochSeconds: number;
  /** The program, such as "sshd". */
  readonly appName: string;
  /** One side may not know it. */
  readonly procId: string | undefined;
  readonly message: string;
}

/** A longer message is compared by its digest: what is remembered of a line is bounded. */
const longestPlain = 128;

/** rsyslog reduces a message that comes again and again to this. */
const repeatedPattern = /^message repeated ([1-9]\d{0,5}) times: \[ ?(.*)\]$/s;

/** How many events a message stands for, and what each of them said. */
export function unrepeated(message: string): { readonly times: number; readonly message: string } {
  const [, times, repeated] = repeatedPattern.exec(message.trim()) ?? [];
  return times === undefined || repeated === undefined
    ? { times: 1, message }
    : { times: Number(times), message: repeated };
}

/**
 * What two lines of one event have in common but for their second and process. `localHost` is this host's name, fully
 * qualified if it can be: only for this host a short name and a full one are the same.
 */
export function eventKeyOf(
  { layer, hostname, appName, message }: Omit<EventKey, "epochSeconds" | "procId">,
  localHost: string,
): string {
  // NUL cannot stand in any part but the last: no two events have the same key by the way they are put together.
  return `${layer}\0${hostOf(hostname, localHost)}\0${appName}\0${comparable(appName, message)}`;
}

/** Empty for this host. */
function hostOf(hostname: string, localHost: string): string {
  const [name, local] = [hostname.toLowerCase(), localHost.toLowerCase()];
  return name === local || name === local.split(".", 1)[0] ? "" : name;
}

const kernelStamp = /^\[ *\d+\.\d+\] ?/;

/** rsyslog writes a tab as "#011", the journal's lines a newline as "\x0a"; both may trim white space. */
function comparable(appName: string, message: string): string {
  const unstamped = appName === "kernel" ? message.trimStart().replace(kernelStamp, "") : message;
  const plain = unstamped
    .replaceAll(/#([0-3][0-7]{2})/g, (written, octal: string) => controlOf(parseInt(octal, 8), written))
    .replaceAll(/\\x([0-9a-fA-F]{2})/g, (written, hex: string) => controlOf(parseInt(hex, 16), written))
    .trim();
  if (plain.length <= longestPlain) return plain;
  return `${plain.length} ${createHash("sha256").update(plain, "latin1").digest("base64")}`;
}

/** Only control bytes and those beyond ASCII are ever escaped: "#101" is what was logged. */
function controlOf(byte: number, written: string): string {
  return byte < 0x20 || byte >= 0x7f ? String.fromCharCode(byte) : written;
}
