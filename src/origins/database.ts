/**
 * Looks addresses up in an mmdb file, as MaxMind, DB-IP and IPinfo give them away. The only door of mmdb-lib.
 * Promise: a damaged file gives no answer, and no error.
 *
 * https://maxmind.github.io/MaxMind-DB/
 */
import { Reader } from "mmdb-lib";
import { withoutMapping } from "../entry/network.js";
import { isObject } from "../std/json-shape.js";
import { bytesOfText, type ByteString } from "../std/text/byte-string.js";

export interface Origin {
  /** ISO 3166-1 alpha-2. */
  readonly country?: ByteString;
  readonly owner?: ByteString;
}

export type FindOrigin = (address: ByteString) => Origin | undefined;

/** In: a file. Undefined where it is no such database. */
export function openDatabase(bytes: Buffer): FindOrigin | undefined {
  let reader: Reader<never>;
  try {
    reader = new Reader<never>(bytes);
  } catch {
    return undefined;
  }
  return (address) => {
    try {
      return originIn(reader.get(withoutMapping(address)));
    } catch {
      return undefined;
    }
  };
}

/** Providers name the same things differently. */
function originIn(record: unknown): Origin | undefined {
  if (!isObject(record)) return undefined;
  const country = codeOf(record.country) ?? codeOf(record.country_code) ?? codeOf(record.registered_country);
  const system = record.autonomous_system_number ?? record.asn;
  const owner =
    textOf(record.autonomous_system_organization) ??
    textOf(record.as_name) ??
    textOf(record.organization) ??
    (typeof system === "number" ? `AS${system}` : textOf(system));
  return { ...(country !== undefined && { country }), ...(owner !== undefined && { owner }) };
}

/** "NL", or an object that has it. */
function codeOf(value: unknown): ByteString | undefined {
  const code = isObject(value) ? value.iso_code : value;
  return typeof code === "string" && /^[A-Z]{2}$/.test(code) ? code : undefined;
}

function textOf(value: unknown): ByteString | undefined {
  return typeof value === "string" && value.trim() !== "" ? bytesOfText(value.trim()) : undefined;
}
