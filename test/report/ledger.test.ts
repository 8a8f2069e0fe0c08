/** The ledger: each source's lines add up, or the run fails. */
import { expect } from "chai";
import { addLedgers, checkLedger, totalOf } from "../../src/report/ledger.js";

const auth = { source: "auth.log", read: 10, ignored: 5, duplicate: 2, reported: 2, counted: 1 };
const mail = { source: "mail.log", read: 3, ignored: 3, duplicate: 0, reported: 0, counted: 0 };

describe("ledger: read = ignored + duplicate + reported + counted", () => {
  it("holds", () => {
    expect(() => checkLedger([auth, mail])).not.to.throw();
  });

  for (const key of ["read", "ignored", "duplicate", "reported", "counted"] as const) {
    it(`a line too many in "${key}" is a bug that names the source`, () => {
      expect(() => checkLedger([mail, { ...auth, [key]: auth[key] + 1 }])).to.throw(/^bug: auth\.log: /);
    });
  }

  it("batches add up, source by source, in order of first appearance", () => {
    expect(addLedgers([auth], [mail, auth])).to.deep.equal([
      { source: "auth.log", read: 20, ignored: 10, duplicate: 4, reported: 4, counted: 2 },
      mail,
    ]);
  });

  it("sources add up to a total", () => {
    expect(totalOf([auth, mail])).to.deep.equal({
      source: "total",
      read: 13,
      ignored: 8,
      duplicate: 2,
      reported: 2,
      counted: 1,
    });
  });
});
