/** Lines on a terminal: coloured by layer, and never able to command it. */
import { expect } from "chai";
import { layers } from "../../../src/rules/layer.js";
import { terminalLine } from "../../../src/report/render/terminal.js";

describe("terminal: a line's layer is seen at a glance", () => {
  const expected = {
    never: "\x1b[1;31mx\x1b[0m",
    violation: "\x1b[33mx\x1b[0m",
    remainder: "x",
    ignored: "\x1b[2mx\x1b[0m",
  };
  for (const layer of layers) {
    it(`${layer}: ${JSON.stringify(expected[layer])}`, () => {
      expect(terminalLine("x", layer, true)).to.equal(expected[layer]);
      expect(terminalLine("x", layer, false)).to.equal("x");
    });
  }

  it("what a log line says to the terminal is shown, not done", () => {
    const line = "\x1b]0;owned\x07\x1b[2J\x9b31m\xe2\x80\xae";
    const shown = terminalLine(line, "remainder", true);
    expect(shown).to.equal("\\x1b]0;owned\\x07\\x1b[2J\\x9b31m\\u{202e}");
  });
});
