import { expect } from "chai";
import { sayNotices, sayText } from "../../src/std/standard-error.js";

/** What the call writes to standard error. */
function written(call: () => void): string {
  const write = process.stderr.write.bind(process.stderr);
  let text = "";
  process.stderr.write = (chunk: string | Uint8Array): boolean => {
    text += String(chunk);
    return true;
  };
  try {
    call();
  } finally {
    process.stderr.write = write;
  }
  return text;
}

describe("standard error", () => {
  it("shows control characters as escapes, and other letters as they are", () => {
    expect(written(() => sayText("/var/log/\x1b[2Jé: odd"))).to.equal("/var/log/\\x1b[2Jé: odd\n");
  });

  it("keeps the lines of a message apart", () => {
    expect(written(() => sayText("Error: one\n    at two"))).to.equal("Error: one\n    at two\n");
  });

  it("writes a notice as one line, whatever its parts hold", () => {
    const notice = { where: "/var/log/a\nb", what: "is a FIFO", done: "not read" };
    expect(written(() => sayNotices([notice]))).to.equal("/var/log/a\\x0ab: is a FIFO: not read\n");
  });
});
