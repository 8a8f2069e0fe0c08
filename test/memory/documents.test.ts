/** What is remembered between runs: read as each version wrote it, and nothing is learnt from what cannot be read. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { decodeAcknowledged, encodeAcknowledged } from "../../src/memory/acknowledged.js";
import { decodeFirstSeen, encodeFirstSeen, firstSeenName } from "../../src/memory/first-seen.js";
import { decodeKinds, encodeKinds } from "../../src/memory/kinds/records.js";
import { decodeRecent, encodeRecent, recentName } from "../../src/memory/recent.js";
import { decodeRuleHits } from "../../src/memory/rule-hits.js";
import { decodeStored, encodeStored, type Stored } from "../../src/store/stored.js";

const sample = (name: string): Stored => decodeStored(readFileSync(join("test/store/versions", name)));
const again = (stored: Stored): Stored => decodeStored(encodeStored(stored));

describe("remembered documents", () => {
  it("first-seen, version 1", () => {
    const { records, learns, notices } = decodeFirstSeen(
      { kind: "stored", stored: sample("first-seen-1.json") },
      false,
    );
    expect({ learns, notices }).to.deep.equal({ learns: true, notices: [] });
    expect(records.day).to.equal(12);
    expect(records.families["cron-command"]?.keys).to.deep.equal({
      "root\nrun-parts /etc/cron.hourly": 12,
      "root\nbackup --all": 3,
    });
    expect(
      decodeFirstSeen({ kind: "stored", stored: again(encodeFirstSeen(records)) }, false).records,
    ).to.deep.equal(records);
  });

  it("kinds, version 1", () => {
    const { records, notices } = decodeKinds({ kind: "stored", stored: sample("kinds-1.json") });
    expect(notices).to.deep.equal([]);
    expect(records.day).to.equal(12);
    expect(records.kinds["0123456789ab"]).to.deep.include({ reports: 4, shape: "app: odd *" });
    expect(decodeKinds({ kind: "stored", stored: again(encodeKinds(records)) }).records).to.deep.equal(
      records,
    );
  });

  it("acknowledged, version 1: what has ended is left out when it is written", () => {
    const read = { kind: "stored", stored: sample("acknowledged-1.json") } as const;
    const { acknowledged, notices } = decodeAcknowledged(read);
    expect(notices).to.deep.equal([]);
    expect(acknowledged).to.deep.equal({ "0123456789ab": 1795824000000, ba9876543210: 1795219200000 });
    const stored = again(encodeAcknowledged(acknowledged, 1795219200000));
    expect(decodeAcknowledged({ kind: "stored", stored }).acknowledged).to.deep.equal({
      "0123456789ab": 1795824000000,
    });
    const later = { ...read.stored, version: 2 };
    expect(decodeAcknowledged({ kind: "stored", stored: later }).acknowledged).to.deep.equal({});
  });

  it("rule-hits, version 1", () => {
    const hits = decodeRuleHits({ kind: "stored", stored: sample("rule-hits-1.json") });
    expect(hits?.used.get("1a2b3c0d4e5f")).to.deep.equal({
      added: 20400,
      last: 20417,
      months: { "2026-11": 12 },
    });
    expect(hits?.unused).to.deep.equal({ 20400: ["9z8y7x0w6v5u"] });
  });

  it("recent, version 1", () => {
    const { recent, notices } = decodeRecent({ kind: "stored", stored: sample("recent-1.json") });
    expect(notices).to.deep.equal([]);
    expect(recent.occasions).to.have.length(1);
    expect(recent.rates["rule 0123456789abcdef/3600000"]?.earlier).to.have.length(1);
    expect(decodeRecent({ kind: "stored", stored: again(encodeRecent(recent)) }).recent).to.deep.equal(
      recent,
    );
  });

  const others: readonly (readonly [string, Stored])[] = [
    ["of a later version", { ...sample("first-seen-1.json"), version: 2 }],
    ["of another kind", { kind: "other", version: 1, data: {} }],
    ["without its fields", { kind: firstSeenName, version: 1, data: { day: 1 } }],
    [
      "with keys that are none",
      {
        kind: firstSeenName,
        version: 1,
        data: { day: 1, date: "", families: { a: { program: "a", keys: { b: "c" } } } },
      },
    ],
    ["that is no document", { kind: "", version: 1, data: undefined }],
  ];
  for (const [what, stored] of others)
    it(`one ${what} teaches nothing, and says so`, () => {
      const { records, learns, notices } = decodeFirstSeen({ kind: "stored", stored }, false);
      expect({ families: records.families, learns }).to.deep.equal({ families: {}, learns: false });
      expect(notices).to.have.length(1);
      expect(decodeRecent({ kind: "stored", stored }).notices).to.have.length(1);
    });

  it("a step or a time that is none costs the whole document, not the run", () => {
    const data = { rates: {}, occasions: [{ circumstance: "moon", firstMs: 1, lastMs: 2 }] };
    expect(
      decodeRecent({ kind: "stored", stored: { kind: recentName, version: 1, data } }).notices,
    ).to.have.length(1);
  });

  it("a host without a memory learns, one that has lost its state does not", () => {
    expect(decodeFirstSeen({ kind: "nothing" }, false).learns).to.equal(true);
    expect(decodeFirstSeen({ kind: "nothing" }, true).learns).to.equal(false);
  });
});
