/** What earlier versions of the program stored, this one reads. The samples in versions/ are as those wrote them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { decodeSpoolFile, decodeSpoolHeader } from "../../src/store/spool/spool-file.js";
import { decodeState, seal } from "../../src/store/state-file.js";
import { decodeStored } from "../../src/store/stored.js";

const sample = (name: string): Buffer => readFileSync(join("test/store/versions", name));

describe("stored documents of earlier versions", () => {
  it("a state of version 1: its generation is the commit number", () => {
    const decoded = decodeState(seal(sample("state-1.json")));
    expect(decoded).to.deep.equal({
      kind: "whole",
      state: {
        commitNumber: 41,
        hostId: "0123456789ab",
        positions: {
          "/var/log/syslog": { kind: "offset", generations: [] },
          journal: { kind: "cursor", cursor: "s=1;i=2" },
        },
        lastSuccess: "2026-11-20T11:00:00.000Z",
        hasOpenReport: false,
        toldNotices: {},
      },
    });
  });

  it("states of versions 2 and 3: version 3 knows which sources failed", () => {
    const [second, third] = ["state-2.json", "state-3.json"].map((name) => decodeState(seal(sample(name))));
    const told = { 'ignore.d/server/ssh:12: unmatched "(": rule skipped': "2026-11-21T11:00:00.000Z" };
    expect(second).to.have.nested.property("state.commitNumber", 42);
    expect(second).to.have.nested.property("state.toldNotices").that.deep.equals(told);
    expect(second).to.not.have.nested.property("state.failedSources");
    expect(third).to.have.nested.property("state.failedSources").that.deep.equals(["/var/log/closed.log"]);
  });

  it("later states of version 3: they name what is remembered", () => {
    const named = decodeState(seal(sample("state-3-memory.json")));
    const file = { commitNumber: 41, sha256: `${"0".repeat(62)}a1` };
    expect(named).to.have.nested.property("state.memory").that.deep.equals({ "first-seen": file });
  });

  it("spooled mails of versions 2 and 3: version 3 knows who has it already", () => {
    const [second, third] = ["spool-2.mail", "spool-3.mail"].map(
      (name) => decodeSpoolFile(sample(name))?.header,
    );
    for (const header of [second, third])
      expect(header).to.deep.include({ outlet: "mail", attempts: 2, nextTryAt: "2026-11-21T11:02:00.000Z" });
    expect(second).to.not.have.property("deliveredTo");
    expect(third?.deliveredTo).to.deep.equal(["ops@web1.example"]);
  });

  it("a spooled mail of version 1: it goes to the outlet mail, with its recipients and tries", () => {
    const file = sample("spool-1.mail");
    const header = {
      outlet: "mail",
      contentType: "message/rfc822",
      envelope: { from: "logwinnow@web1.example", to: ["root@web1.example"] },
      attempts: 2,
      lastReason: 'relay:25: 451 "later"',
    };
    expect(decodeSpoolHeader(file)).to.deep.include(header);
    expect(decodeSpoolHeader(file)?.idempotencyKey, "the digest of its bytes").to.match(/^[0-9a-f]{64}$/);
    const decoded = decodeSpoolFile(file);
    expect(Buffer.from(decoded?.payload.bytes ?? []).toString()).to.equal("Subject: hello\r\n\r\nhello\r\n");
    expect(decoded?.payload.envelope).to.deep.equal(header.envelope);
  });

  it("a document without kind and version is version 1 of whoever finds it", () => {
    expect(decodeStored(Buffer.from('{"lines":{},"notices":[]}'))).to.deep.equal({
      kind: "",
      version: 1,
      data: { lines: {}, notices: [] },
    });
  });
});
