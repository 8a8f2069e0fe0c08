/**
 * Reads what a container wrote: lines of any kind, each under its own header or under the container's name.
 * Promise: a line keeps the header that it has, and the name of the container is never taken from its text.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { readAccessLine } from "../access-log.js";
import { readStamp } from "../stamp.js";
import { processTagPattern, tagPattern, type Unstated } from "./form-reading.js";
import { headedReading } from "./headed.js";

export interface Content extends Unstated {
  /** When the container wrote it, as the traditional header has it. */
  readonly stamp: string;
  /** The container's name, one word. Left out: it is not known. */
  readonly appName?: ByteString;
}

const tagWithProcess = new RegExp(`^${processTagPattern}`);
const tag = new RegExp(`^${tagPattern}`);
const longestStart = 512;
const anyTime = new Date(0);

/** What it reads as: the text itself where it has a header of its own, or where nothing says whose line it is. */
export function contentLine(text: ByteString, { stamp, hostname, appName }: Content): ByteString {
  const headed = headedReading(text, { hostname });
  if (headed === "common") return text;
  if (headed) return headed.line;
  const head = text.slice(0, longestStart);
  if (tagWithProcess.test(head)) return `${stamp} ${hostname} ${text}`;
  if (readStamp(head, anyTime) || readAccessLine(head)) return text;
  if (appName !== undefined) return `${stamp} ${hostname} ${appName}: ${text}`;
  return tag.test(head) ? `${stamp} ${hostname} ${text}` : text;
}
