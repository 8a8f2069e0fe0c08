/** Writes the address that a record holds as people do. Promise: as inet_ntop(3), but IPv4 within IPv6 as IPv4. */

/** In: 16 bytes of an IPv6 address, or the four of an IPv4 address and twelve zeros. Undefined: all are zero. */
export function addressText(bytes: Buffer): string | undefined {
  if (isZero(bytes, 4, 16)) return isZero(bytes, 0, 4) ? undefined : bytes.subarray(0, 4).join(".");
  if (isZero(bytes, 0, 10) && bytes.readUInt16BE(10) === 0xffff) return bytes.subarray(12).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index).toString(16)).join(
    ":",
  );
  const [longest] = [...groups.matchAll(/\b0(?::0)+\b/g)].sort(([one], [other]) => other.length - one.length);
  if (!longest) return groups;
  const [before, after] = [groups.slice(0, longest.index), groups.slice(longest.index + longest[0].length)];
  return `${before.replace(/:$/, "")}::${after.replace(/^:/, "")}`;
}

function isZero(bytes: Buffer, start: number, end: number): boolean {
  return bytes.subarray(start, end).every((byte) => byte === 0);
}
