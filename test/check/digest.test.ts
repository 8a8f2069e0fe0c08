/** When the digest goes: always, once, whatever was missed. */
import { expect } from "chai";
import {
  digestText,
  isDigestDue,
  nextDigest,
  parseDigest,
  type Digest,
} from "../../src/check/report/digest.js";

function digest(text: string): Digest {
  const parsed = parseDigest(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

describe("the digest", () => {
  const settings: readonly (readonly [string, Digest])[] = [
    ["hourly", { kind: "hourly" }],
    ["off", { kind: "off" }],
    ["daily", { kind: "daily", minute: 420 }],
    ["daily 07:00", { kind: "daily", minute: 420 }],
    ["daily 7:05", { kind: "daily", minute: 425 }],
    ["weekly", { kind: "weekly", weekday: 1, minute: 420 }],
    ["weekly Sun 23:59", { kind: "weekly", weekday: 0, minute: 1439 }],
    ["weekly 08:00", { kind: "weekly", weekday: 1, minute: 480 }],
  ];
  for (const [text, expected] of settings)
    it(`reads "${text}"`, () => {
      expect(digest(text)).to.deep.equal(expected);
    });

  for (const text of [
    "",
    "never",
    "daily 24:00",
    "daily 07:60",
    "daily Mon 07:00",
    "weekly Mo",
    "hourly 07:00",
    "daily 07:00 x",
  ])
    it(`refuses "${text}"`, () => {
      expect(parseDigest(text).ok).to.equal(false);
    });

  // 27 November 2026 is a Friday.
  const due: readonly (readonly [string, string, string | undefined, boolean])[] = [
    ["daily 07:00", "2026-11-27T07:00:00", "2026-11-26T07:00:00", true],
    ["daily 07:00", "2026-11-27T06:59:59", "2026-11-26T07:00:00", false],
    ["daily 07:00", "2026-11-27T08:00:00", "2026-11-27T07:00:30", false],
    ["daily 07:00", "2026-11-27T08:00:00", undefined, true],
    ["daily 07:00", "2026-11-30T05:00:00", "2026-11-27T07:00:00", true],
    ["daily 07:00", "2026-11-27T08:00:00", "2026-12-27T07:00:30", true],
    ["weekly Mon 07:00", "2026-11-27T08:00:00", "2026-11-23T07:30:00", false],
    ["weekly Mon 07:00", "2026-11-30T07:00:00", "2026-11-23T07:30:00", true],
    ["off", "2026-11-27T08:00:00", undefined, false],
    ["hourly", "2026-11-27T08:00:00", "2026-11-27T07:59:00", true],
  ];
  for (const [text, now, last, isDue] of due)
    it(`"${text}" at ${now}, last sent ${last ?? "never"}: ${isDue ? "goes" : "waits"}`, () => {
      expect(
        isDigestDue(digest(text), last === undefined ? undefined : new Date(last), new Date(now)),
      ).to.equal(isDue);
    });

  it("the next is after now, on its day", () => {
    const next = (text: string, now: string) => nextDigest(digest(text), new Date(now));
    expect(next("daily 07:00", "2026-11-27T07:00:00")).to.deep.equal(new Date("2026-11-28T07:00:00"));
    expect(next("daily 07:00", "2026-11-27T06:00:00")).to.deep.equal(new Date("2026-11-27T07:00:00"));
    expect(next("weekly Mon 07:00", "2026-11-27T06:00:00")).to.deep.equal(new Date("2026-11-30T07:00:00"));
    expect(digestText(digest("weekly Mon 07:00"), new Date("2026-11-27T06:00:00"))).to.equal(
      "digest on Mon at 07:00",
    );
    expect(digestText(digest("off"), new Date("2026-11-27T06:00:00"))).to.equal("no digest is sent");
  });
});
