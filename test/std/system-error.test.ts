import { expect } from "chai";
import { openSync } from "node:fs";
import { errorCode, isMissing, systemReason } from "../../src/std/system-error.js";

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

  it("is said in the system's words, with its name", () => {
    expect(systemReason(missing)).to.equal("no such file or directory (ENOENT)");
    expect(systemReason(notADirectory)).to.equal("not a directory (ENOTDIR)");
  });

  it("is told from others by its name", () => {
    expect([missing, notADirectory].map(errorCode)).to.deep.equal(["ENOENT", "ENOTDIR"]);
    expect([missing, notADirectory].map(isMissing)).to.deep.equal([true, false]);
  });

  it("may be no system error, and no error at all", () => {
    expect(systemReason(new Error("broken"))).to.equal("broken");
    expect(systemReason("broken")).to.equal("broken");
    expect([new Error("broken"), "ENOENT", undefined].map(isMissing)).to.deep.equal([false, false, false]);
  });
});
