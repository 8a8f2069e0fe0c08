/**
 * Runs the shipped rules over all that was recorded.
 * Promise: at level server no line that should be seen is dropped, and no routine line raises an alarm. A line that is
 * told when it is first seen counts as seen, unless a routine line makes it known.
 */

import { expect } from "chai";
import { keysOf, keyText } from "./keys.js";
import { matcherOf } from "./matcher.js";
import { recordedLines, recordedPrograms } from "./recorded.js";
import { outcome, shippedRules } from "./shipped.js";

describe("shipped rules on recorded logs", () => {
  const rules = shippedRules();
  const match = matcherOf(rules);
  const keyOf = keysOf(rules);
  const keyShown = (line: string): string | undefined => {
    const key = keyOf(line, match(line));
    return key && keyText(key);
  };
  const known = new Set(
    recordedPrograms().flatMap((program) => recordedLines("routine", program).map(keyShown)),
  );
  const isTold = (line: string): boolean => keyShown(line) !== undefined && !known.has(keyShown(line));

  for (const program of recordedPrograms()) {
    it(`${program}: what should be seen is reported, what is routine raises no alarm`, () => {
      const dropped = recordedLines("reported", program).filter(
        (line) => outcome(match(line), "server") === "ignored" && !isTold(line),
      );
      const raised = recordedLines("routine", program).filter((line) =>
        ["never", "violation"].includes(outcome(match(line), "server")),
      );
      expect([...dropped, ...raised]).to.deep.equal([]);
    });
  }
});
