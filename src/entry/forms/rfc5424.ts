/**
 * Reads the header of RFC 5424: host, program, process, message id, structured data, message.
 * Promise: linear; without the priority and the version, a line with a tag is never taken for one of this form.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { underHeader, type FormReading } from "./form-reading.js";

const header = /^(\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) (?=-(?: |$)|\[)/;
const byteOrderMark = "\xef\xbb\xbf";

/**
 * In: the time as the traditional header has it, and what follows it. "is tagged": a priority and a version stand before
 * it; else only what no program writes after a tag is taken for the header.
 */
export function rfc5424Reading(
  stamp: string,
  rest: ByteString,
  kind: "is tagged" | "is untagged",
): Omit<FormReading, "form"> | undefined {
  const found = header.exec(rest.slice(0, longestHeader));
  if (!found) return undefined;
  const [all, hostname = "", appName = "", procId = ""] = found;
  const isPlain = /^[^:[\]]+$/.test(appName) && /^(?:-|\d{1,10})$/.test(procId);
  const dataEnd = structuredDataEnd(rest, all.length);
  if (dataEnd === undefined || (kind === "is untagged" && !isPlain)) return undefined;
  const text = rest.slice(dataEnd + 1);
  const said = text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text;
  // Some say all in structured data.
  const message = said === "" && rest[all.length] === "[" ? rest.slice(all.length, dataEnd) : said;
  const process = procId === "-" ? "" : `[${procId}]`;
  const tag = appName === "-" ? "" : `${appName}${process}: `;
  return { ...underHeader(`${stamp} ${hostname} ${tag}`, message), hostname };
}

const longestHeader = 512;

/** After "-", or after `[id name="value"]…`. */
function structuredDataEnd(text: ByteString, start: number): number | undefined {
  if (text[start] === "-") return start + 1;
  let place = start;
  while (text[place] === "[") {
    let isQuoted = false;
    for (place += 1; place < text.length && (isQuoted || text[place] !== "]"); place++)
      if (text[place] === '"') isQuoted = !isQuoted;
      else if (isQuoted && text[place] === "\\") place++;
    if (place >= text.length) return undefined;
    place += 1;
  }
  return place === text.length || text[place] === " " ? place : undefined;
}
