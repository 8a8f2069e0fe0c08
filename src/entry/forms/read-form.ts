/**
 * Says in which form a line is, and what it reads as under a traditional header.
 * Promise: the answer depends on what stands before the message alone. Which lines of a log are read so is decided by
 * `sources/forms`.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { traditionalTime } from "../traditional-time.js";
import { bareReading } from "./bare.js";
import { readCriRecord, readDockerRecord, type ContainerRecord } from "./container-record.js";
import { contentLine } from "./content.js";
import { unstatedTime, type FormReading, type Unstated } from "./form-reading.js";
import { headedReading } from "./headed.js";
import { jsonReading } from "./json-entry.js";
import { withoutStamp } from "./stamped.js";

export const dockerForm = "Docker json-file";
export const criForm = "CRI";

/** "common" where rules match the header as it is; undefined where nothing is known of it. */
export function readForm(line: ByteString, unstated: Unstated): FormReading | "common" | undefined {
  if (line.startsWith("{")) {
    const record = readDockerRecord(line);
    return record ? recordReading(dockerForm, record, unstated) : jsonReading(line, unstated);
  }
  const record = readCriRecord(line);
  if (record) return recordReading(criForm, record, unstated);
  return headedReading(line, unstated) ?? prefixedReading(line, unstated) ?? bareReading(line, unstated);
}

function recordReading(
  form: string,
  { text, timestampMs }: ContainerRecord,
  unstated: Unstated,
): FormReading {
  const stamp = timestampMs === undefined ? unstatedTime : traditionalTime(Math.floor(timestampMs / 1000));
  return { form, line: contentLine(text, { stamp, ...unstated }) };
}

/** "web-1  | " of docker compose, with its colours, and "[pod/web-1/web] " of kubectl logs --prefix. */
const prefix =
  // oxlint-disable-next-line no-control-regex
  /^(?:(?:\x1b\[[\d;]{1,16}m)?([A-Za-z0-9][-_.@A-Za-z0-9]{0,127}) +\| (?:\x1b\[0?m)?|\[pod\/[-.A-Za-z0-9]{1,253}\/([-.A-Za-z0-9]{1,63})\] )/;
const longestPrefix = 512;

function prefixedReading(line: ByteString, unstated: Unstated): FormReading | undefined {
  const [all, service, container] = prefix.exec(line.slice(0, longestPrefix)) ?? [];
  const appName = service ?? container;
  if (all === undefined || appName === undefined) return undefined;
  const rest = line.slice(all.length);
  const form = service === undefined ? "kubectl logs --prefix" : "docker compose";
  // Both can be asked for time stamps of their own.
  const stamped = /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}Z /.test(rest.slice(0, 32))
    ? withoutStamp(rest)
    : undefined;
  const { stamp, rest: text } = stamped ?? { stamp: unstatedTime, rest };
  return { form, line: contentLine(text, { stamp, appName, ...unstated }) };
}
