/**
 * Opens a table of addresses, whatever form it has.
 * Promise: a file that cannot be used says why, and holds nothing up.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { addressNumber } from "./address.js";
import { openDatabase, type FindOrigin } from "./database.js";
import { countryRow, ownerRow } from "./text-rows.js";
import { TextTable } from "./text-table.js";
import { systemReason } from "../std/system-error.js";

/** Several times as large as the largest that is given away. */
const mostBytes = 2 ** 29;

/** Out: how to ask it, or why it cannot be used. */
export function openTable(path: string): FindOrigin | { readonly reason: string } {
  try {
    const bytes = bytesOf(path);
    if (typeof bytes === "string") return { reason: bytes };
    return openDatabase(bytes) ?? openText(bytes) ?? { reason: "is neither an mmdb file nor a table" };
  } catch (error) {
    return { reason: `cannot be read: ${systemReason(error)}` };
  }
}

/** A FIFO must not hold the run up; what was opened is what is looked at. */
function bytesOf(path: string): Buffer | string {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return "is not a regular file";
    if (stats.size > mostBytes) return `is larger than ${mostBytes >> 20} MiB`;
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function openText(bytes: Buffer): FindOrigin | undefined {
  const table = TextTable.of(bytes, [countryRow, ownerRow]);
  if (table === undefined) return undefined;
  return (address) => {
    const number = addressNumber(address);
    const row = number && table.find(number);
    if (row === undefined) return undefined;
    const { country, owner } = row;
    return { ...(country !== undefined && { country }), ...(owner !== undefined && { owner }) };
  };
}
