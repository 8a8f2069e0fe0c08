/** Kinds: a short name that follows from layer, rule and shape alone. */
import { expect } from "chai";
import { kindId, KindIds } from "../../src/group/kind.js";

describe("kind: the id of a kind", () => {
  it("is the same whenever it is asked for, in any version", () => {
    expect(kindId("remainder", undefined, "app: job # failed")).to.equal("aeb7f83b7487");
  });

  it("differs by layer, by rule and by shape", () => {
    const ids = [
      kindId("never", undefined, "a"),
      kindId("violation", undefined, "a"),
      kindId("never", "x", "a"),
      kindId("never", undefined, "b"),
    ];
    expect(new Set(ids)).to.have.property("size", ids.length);
  });

  it("is the same where ids are remembered, after any number of other kinds", () => {
    const kinds = new KindIds();
    const shape = "app: job # failed";
    for (let number = 0; number < 25_000; number += 1) kinds.idOf("remainder", undefined, `other ${number}`);
    for (let round = 0; round < 2; round += 1)
      expect(kinds.idOf("remainder", "x", shape)).to.equal(kindId("remainder", "x", shape));
  });
});
