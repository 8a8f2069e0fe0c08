import { expect } from "chai";
import { openSync } from "node:fs";
import { errorCode, systemReason } from "../../src/std/system-error.js";

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("a system error", () => {
  const missing = thrownBy(() => openSync("/nonexistent/file", "r"));
  const notADirectory = thrownBy(() => openSync("/dev/null/file", "r"));

  it("is given in the system's words, with its code", () => {
    expect(systemReason(missing)).to.equal("no such file or directory (ENOENT)");
    expect(systemReason(notADirectory)).to.equal("not a directory (ENOTDIR)");
  });

  it("is recognized by its code", () => {
    expect([missing, notADirectory].map(errorCode)).to.deep.equal(["ENOENT", "ENOTDIR"]);
  });

  it("may be another error, or no error at all", () => {
    expect(systemReason(new Error("broken"))).to.equal("broken");
    expect(systemReason("broken")).to.equal("broken");
    for (const value of [new Error("broken"), "ENOENT", undefined])
      expect(errorCode(value)).to.equal(undefined);
  });
});
