import { expect } from "chai";
import { shortIds } from "../../../src/report/outline/sections/ids.js";

describe("short ids of kinds", () => {
  it("have four digits, and more where two would be alike", () => {
    const ids = shortIds(["a81c00000000", "a81c10000000", "a81d00000000", "ffffffffffff"]);
    expect([...ids.values()].sort()).to.deep.equal(["a81c0", "a81c1", "a81d", "ffff"]);
  });

  it("are beginnings of the whole ones, whatever the order", () => {
    const whole = ["0123456789ab", "0123456789ac", "012345678000"];
    const ids = shortIds(whole);
    expect(shortIds(whole.toReversed())).to.deep.equal(ids);
    for (const [long, short] of ids) expect(long.startsWith(short)).to.equal(true);
    expect(new Set(ids.values()).size).to.equal(3);
  });
});
