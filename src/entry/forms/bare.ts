/**
 * Reads lines without a time stamp: a host and a tag, or a tag alone.
 * Promise: where text of another kind may look the same, the reading says so.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import {
  processTagPattern,
  tagPattern,
  unstatedTime,
  type FormReading,
  type Unstated,
} from "./form-reading.js";

export const tagAlone = "a tag alone";
export const noTimeStamp = "no time stamp";

const longestStart = 512;
/** The kernel has no process; its messages begin with the time since boot. */
const sureTag = `${processTagPattern}|kernel: \\[ {0,5}\\d{1,7}\\.\\d{6}\\]`;
const hostAndTag = new RegExp(`^([A-Za-z0-9][-._A-Za-z0-9]{0,254}) (?:(${sureTag})|${tagPattern})`);
const tag = new RegExp(`^(?:(${sureTag})|${tagPattern})`);

export function bareReading(line: ByteString, unstated: Unstated): FormReading | undefined {
  const head = line.slice(0, longestStart);
  const alone = tag.exec(head);
  if (alone) {
    const doubt = alone[1] === undefined ? { doubt: "form" as const } : {};
    return { form: tagAlone, line: `${unstatedTime} ${unstated.hostname} ${line}`, ...doubt };
  }
  const [all, hostname, sure] = hostAndTag.exec(head) ?? [];
  if (all === undefined || hostname === undefined) return undefined;
  const doubt = sure === undefined ? "form" : "program";
  return { form: noTimeStamp, line: `${unstatedTime} ${line}`, hostname, doubt };
}
