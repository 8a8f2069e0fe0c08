/** Rules that can never match, since lines lose the white space at their end. */
import { expect } from "chai";
import { neverMatchesBecauseOf } from "../../src/logcheck/rules/trailing-space.js";

const cases: Readonly<Record<string, string | undefined>> = {
  "^a$ ": "white space after the final $",
  "^a$ \t": "white space after the final $",
  "^a$\r": "carriage return after the final $",
  "^a $": "white space before the final $",
  "^a\\ $": "white space before the final $",
  "^a[ \t]$": "white space before the final $",
  "^(a|b) $": "white space before the final $",
  "^a$": undefined,
  "^a *$": undefined,
  "^a\\$ ": undefined,
  "^a[$] ": undefined,
  "^a $|b": undefined,
  "^a |b$": undefined,
  "a ": undefined,
  " ": undefined,
  "^a( $": undefined,
};

describe("trailing white space of a rule", () => {
  for (const [ere, what] of Object.entries(cases))
    it(`${JSON.stringify(ere)}: ${what ?? "may match"}`, () => {
      expect(neverMatchesBecauseOf(Buffer.from(ere))).to.equal(what);
    });
});
