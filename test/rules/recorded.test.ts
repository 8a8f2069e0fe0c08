/**
 * Runs the shipped rules over all that was recorded.
 * Promise: at level server no line that should be seen is dropped, and no routine line raises an alarm.
 */

import { expect } from "chai";
import { matcherOf } from "./matcher.js";
import { recordedLines, recordedPrograms } from "./recorded.js";
import { outcome, shippedRules } from "./shipped.js";

describe("shipped rules on recorded logs", () => {
  const match = matcherOf(shippedRules());

  for (const program of recordedPrograms()) {
    it(`${program}: what should be seen is reported, what is routine raises no alarm`, () => {
      const dropped = recordedLines("reported", program).filter(
        (line) => outcome(match(line), "server") === "ignored",
      );
      const raised = recordedLines("routine", program).filter((line) =>
        ["never", "violation"].includes(outcome(match(line), "server")),
      );
      expect([...dropped, ...raised]).to.deep.equal([]);
    });
  }
});
