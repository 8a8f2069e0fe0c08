/**
 * Reads the address that an access log's line begins with, from its bytes.
 * Promise: no string is made of the line; an address is never taken for another one.
 */

/** Longer than any site's name. */
const longestSite = 255;
const blank = 0x20;

/**
 * The IPv4 address of the first word, or of the second where a site stands first, as a number. Undefined where neither
 * is one: the line has to be read.
 */
export function leadingAddress(line: Uint8Array): number | undefined {
  const first = addressAt(line, 0);
  if (first !== undefined) return first;
  const end = line.subarray(0, longestSite).indexOf(blank);
  return end < 0 ? undefined : addressAt(line, end + 1);
}

/** "192.0.2.7 ". */
function addressAt(line: Uint8Array, start: number): number | undefined {
  let address = 0;
  let index = start;
  for (let part = 0; part < 4; part++) {
    const partStart = index;
    let value = 0;
    for (; index < partStart + 3; index++) {
      const digit = (line[index] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (index === partStart || value > 255) return undefined;
    if (line[index] !== (part < 3 ? 0x2e : blank)) return undefined;
    address = address * 256 + value;
    index += 1;
  }
  return address;
}
