/**
 * Reads rows of tables of addresses: countries as Debian's tor-geoipdb has them, owners as iptoasn.com does.
 * Promise: a row is read whole or not at all.
 */
import type { ByteString } from "../std/text/byte-string.js";
import { addressNumber, type AddressNumber } from "./address.js";

export interface OriginRow {
  readonly first: AddressNumber;
  /** Belongs to the range. */
  readonly last: AddressNumber;
  /** ISO 3166-1 alpha-2. Left out: nobody knows. */
  readonly country?: ByteString;
  /** Who announces the addresses. */
  readonly owner?: ByteString;
}

export type RowReader = (row: ByteString) => OriginRow | undefined;

/** "16777216,16777471,AU", "2001:200::,2001:200:ffff:ffff:ffff:ffff:ffff:ffff,JP". */
export const countryRow: RowReader = (row) => {
  const [from = "", to = "", country = "", ...rest] = row.split(",");
  const range = rangeOf(numberOrAddress(from), numberOrAddress(to));
  if (range === undefined || rest.length > 0 || !/^([A-Z][A-Z0-9]|\?\?)$/.test(country)) return undefined;
  return { ...range, ...(country !== "??" && { country }) };
};

/** "1.0.0.0\t1.0.0.255\t13335\tUS\tCLOUDFLARENET". */
export const ownerRow: RowReader = (row) => {
  const [from = "", to = "", system = "", country = "", owner = ""] = row.split("\t");
  const range = rangeOf(addressNumber(from), addressNumber(to));
  if (range === undefined || !/^\d{1,10}$/.test(system)) return undefined;
  return {
    ...range,
    ...(/^[A-Z]{2}$/.test(country) && { country }),
    // 0: nobody announces these addresses.
    ...(system !== "0" && { owner: owner.trim() === "" ? `AS${system}` : owner.trim() }),
  };
};

function rangeOf(
  first: AddressNumber | undefined,
  last: AddressNumber | undefined,
): Pick<OriginRow, "first" | "last"> | undefined {
  return first && last && first.family === last.family ? { first, last } : undefined;
}

/** "16777216" is 1.0.0.0. */
function numberOrAddress(written: ByteString): AddressNumber | undefined {
  if (!/^\d{1,10}$/.test(written)) return addressNumber(written);
  const low = Number(written);
  return low < 2 ** 32 ? { family: 4, high: 0, low } : undefined;
}
