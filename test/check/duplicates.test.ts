/** One event in journal and syslog is reported once; two equal events are reported twice. */
import { expect } from "chai";
import fc from "fast-check";
import { EventCounts } from "../../src/check/lines/duplicates.js";
import type { EventKey } from "../../src/check/lines/same-event.js";
import { seed } from "../support/seed.js";

const noon = 1_795_348_800;
const login: EventKey = {
  layer: "never",
  hostname: "web1",
  epochSeconds: noon,
  appName: "sshd",
  procId: "7",
  message: "Accepted publickey for root",
};

describe("the same event", () => {
  const remembered = (...events: readonly EventKey[]): EventCounts => {
    const counts = new EventCounts(1000, "web1.example.org");
    for (const event of events) counts.add(event);
    return counts;
  };

  it("is known once for each time that it was remembered", () => {
    const counts = remembered(login, login);
    expect([counts.take(login), counts.take(login), counts.take(login)]).to.deep.equal([true, true, false]);
  });

  for (const [what, change, isSame] of [
    ["a second later", { epochSeconds: noon + 1 }, true],
    ["a second earlier", { epochSeconds: noon - 1 }, true],
    ["two seconds later", { epochSeconds: noon + 2 }, false],
    ["of another host", { hostname: "web2" }, false],
    ["of this host with its domain", { hostname: "web1.example.org" }, true],
    ["of a host of that name in another domain", { hostname: "web1.branch.example" }, false],
    ["of another layer", { layer: "remainder" }, false],
    ["of another program", { appName: "sudo" }, false],
    ["of another process", { procId: "8" }, false],
    ["of no process", { procId: undefined }, true],
    ["with another message", { message: "Accepted publickey for root2" }, false],
    ["with white space at the end", { message: `${login.message} ` }, true],
  ] as const)
    it(`${isSame ? "may be" : "is not"} one ${what}`, () => {
      expect(remembered(login).take({ ...login, ...change })).to.equal(isSame);
    });

  it("is known through the escapes that journal and rsyslog write for a newline", () => {
    const counts = remembered({ ...login, message: "two\\x0alines" });
    expect(counts.take({ ...login, message: "two#012lines" })).to.equal(true);
  });

  it("is reported twice, never lost, where there are more events than are held", () => {
    const counts = new EventCounts(1);
    counts.add(login);
    counts.add({ ...login, procId: "8" });
    expect(counts.take({ ...login, procId: "8" })).to.equal(false);
    expect(counts.take(login)).to.equal(true);
  });

  it("never swallows more of one side than the other side reported", () => {
    const event = fc.record({
      layer: fc.constant("remainder" as const),
      hostname: fc.constant("web1"),
      epochSeconds: fc.integer({ min: noon, max: noon + 3 }),
      appName: fc.constantFrom("a", "b"),
      procId: fc.constantFrom("1", undefined),
      message: fc.constantFrom("x", "y"),
    });
    fc.assert(
      fc.property(fc.array(event), fc.array(event), (journal, file) => {
        const counts = remembered(...journal);
        const taken = file.filter((one) => counts.take(one));
        expect(taken.length).to.be.at.most(journal.length);
      }),
      { seed },
    );
  });
});
