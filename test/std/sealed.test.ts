import { expect } from "chai";
import { seal, unseal } from "../../src/std/sealed.js";

describe("sealed bytes", () => {
  const content = Buffer.from("some content\n");
  const sealed = seal("things 1", content);

  it("are opened whole, under their name alone", () => {
    expect(unseal("things 1", sealed)).to.deep.equal(content);
    expect(unseal("things 2", sealed)).to.equal(undefined);
    expect(unseal("things", sealed)).to.equal(undefined);
    expect(unseal("things 1", seal("things 1", Buffer.of()))).to.deep.equal(Buffer.of());
  });

  it("are not opened where they are damaged or cut anywhere", () => {
    for (let at = 0; at < sealed.length; at++) {
      const damaged = Uint8Array.from(sealed);
      damaged[at]! ^= 1;
      expect(unseal("things 1", damaged)).to.equal(undefined);
      expect(unseal("things 1", sealed.subarray(0, at))).to.equal(undefined);
    }
    expect(unseal("things 1", Buffer.concat([sealed, Buffer.of(0)]))).to.equal(undefined);
  });
});
