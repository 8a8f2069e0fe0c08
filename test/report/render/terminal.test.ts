/** Lines on a terminal: coloured by layer, and never able to command it. */
import { Writable } from "node:stream";
import { expect } from "chai";
import { layers } from "../../../src/rules/layer.js";
import { terminalLine } from "../../../src/report/render/terminal.js";

/** A stream that says of itself whether it shows colours. */
function streamWith(colours: boolean): NodeJS.WriteStream {
  const stream = Object.assign(new Writable(), { isTTY: colours, getColorDepth: () => (colours ? 8 : 1) });
  // What is asked of a terminal's stream is there; the rest of one is not.
  return stream as unknown as NodeJS.WriteStream;
}

describe("terminal: a line's layer is seen at a glance", () => {
  let forced: string | undefined;
  before(() => {
    forced = process.env.FORCE_COLOR;
    delete process.env.FORCE_COLOR;
  });
  after(() => {
    if (forced !== undefined) process.env.FORCE_COLOR = forced;
  });

  const expected = {
    never: "\x1b[1m\x1b[31mx\x1b[39m\x1b[22m",
    violation: "\x1b[33mx\x1b[39m",
    remainder: "x",
    ignored: "\x1b[2mx\x1b[22m",
  };
  for (const layer of layers) {
    it(`${layer}: ${JSON.stringify(expected[layer])}`, () => {
      expect(terminalLine("x", layer, streamWith(true))).to.equal(expected[layer]);
    });

    it(`${layer}: no colour where the stream shows none`, () => {
      expect(terminalLine("x", layer, streamWith(false))).to.equal("x");
    });
  }

  it("what a log line says to the terminal is shown, not done", () => {
    const line = "\x1b]0;owned\x07\x1b[2J\x9b31m\xe2\x80\xae";
    const shown = terminalLine(line, "remainder", streamWith(true));
    expect(shown).to.equal("\\x1b]0;owned\\x07\\x1b[2J\\x9b31m\\u{202e}");
  });
});
