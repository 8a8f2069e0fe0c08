/** Durations and sizes as people write them. */
import { expect } from "chai";
import { parseByteSize } from "../../src/std/byte-size.js";
import { parseDuration } from "../../src/std/duration.js";

describe("durations and sizes", () => {
  const durations = { "90s": 90_000, "15min": 900_000, "15m": 900_000, "24h": 86_400_000, "7d": 604_800_000 };
  const moreDurations = { "2w": 1_209_600_000, "250ms": 250, "1.5 h": 5_400_000, "0s": 0 };
  for (const [text, value] of Object.entries({ ...durations, ...moreDurations }))
    it(`"${text}" is ${value} ms`, () => expect(parseDuration(text)).to.deep.equal({ ok: true, value }));

  const sizes = {
    "1MiB": 1_048_576,
    "64KiB": 65_536,
    "512 MB": 512_000_000,
    "0B": 0,
    "1.5GiB": 1_610_612_736,
  };
  for (const [text, value] of Object.entries(sizes))
    it(`"${text}" is ${value} bytes`, () => expect(parseByteSize(text)).to.deep.equal({ ok: true, value }));

  for (const text of [
    "",
    "24",
    "h",
    "-1h",
    "1e3s",
    "24 hours",
    "1h30m",
    " 1h",
    "1h ",
    "9".repeat(30) + "d",
    "0x10s",
  ])
    it(`"${text}" is no duration`, () => {
      expect(parseDuration(text)).to.deep.include({ ok: false });
    });

  for (const text of ["", "1", "1M", "1 mib", "-1B", "1MiBs", "NaNB"])
    it(`"${text}" is no size`, () => {
      expect(parseByteSize(text)).to.deep.include({ ok: false });
    });
});
