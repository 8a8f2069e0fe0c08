/**
 * Turns the lines of an entry in /etc/cron.d off, and on again.
 * Promise: each line is kept, behind a mark, so that it can be given back as it was.
 */
import { fileChange, type Change } from "./change.js";
import type { Host } from "./host.js";

const mark = "#off by logwinnow setup# ";

/** Undefined where there is no entry, or nothing in it that runs. */
export function entryOff(host: Host, path: string, title: string): Change | undefined {
  const text = host.read(path);
  const off = text?.replaceAll(/^(?=[ \t]*(?:@|[\d*]))/gm, mark);
  return off === undefined ? undefined : fileChange(host, path, off, { title });
}

/** Undefined where none of its lines is off. */
export function entryOn(host: Host, path: string, title: string): Change | undefined {
  const text = host.read(path);
  return text === undefined ? undefined : fileChange(host, path, text.replaceAll(mark, ""), { title });
}
