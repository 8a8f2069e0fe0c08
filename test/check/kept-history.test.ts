/** The kept history: what the logs have, and before that what reports told; each line once. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { readHistory, type HistoryRead } from "../../src/check/history/kept-history.js";
import type { LineSink } from "../../src/check/history/scan-logs.js";
import { checkHost, type CheckHost } from "../support/check-host.js";

describe("the kept history", () => {
  let host: CheckHost;
  beforeEach(() => (host = checkHost()));
  afterEach(() => host.remove());

  const dayMs = 86_400_000;
  const history = async (at: string, days = 90): Promise<HistoryRead & { readonly messages: string[] }> => {
    const messages: string[] = [];
    const buffer = new Uint8Array(1 << 20);
    const sink: LineSink = {
      buffer,
      take(chunk) {
        const bytes = chunk.kind === "lines" ? buffer.subarray(0, chunk.lengthBytes) : chunk.bytes;
        const lines = Buffer.from(bytes).toString().trimEnd().split("\n");
        messages.push(...lines.map((line) => line.replace(/^.* web1 /, "")));
      },
    };
    const options = { state: host.state, lookBackMs: days * dayMs, now: new Date(at) };
    return { ...(await readHistory(sink, host.config, options)), messages };
  };
  /** As a rotation does whose old file is deleted at once. */
  const forgetBefore = (stamp: string): void => {
    const lines = readFileSync(host.log, "utf8").split("\n");
    const kept = lines.slice(lines.findIndex((line) => line.startsWith(stamp)));
    rmSync(host.log);
    writeFileSync(host.log, kept.join("\n"));
  };

  it("has what reports told after the logs have it no more, and nothing twice", async () => {
    for (const day of ["01", "02", "03"]) {
      host.logged(`2026-11-${day}T10:00:00`, `app: odd ${day}`);
      host.logged(`2026-11-${day}T10:01:00`, "idled: idle");
      await host.run(`2026-11-${day}T11:00:00`);
    }
    const whole = await history("2026-11-03T12:00:00");
    expect(whole.messages).to.have.length(6);
    expect(whole).to.include({ archivedLines: 0, isAllRead: true, leftOut: 0 });
    forgetBefore("Nov  3");
    const later = await history("2026-11-03T12:00:00");
    expect(later.messages).to.deep.equal(["app: odd 03", "idled: idle", "app: odd 01", "app: odd 02"]);
    expect(later.logsFromMs).to.equal(new Date("2026-11-03T10:00:00").getTime());
    rmSync(host.log);
    expect((await history("2026-11-03T12:00:00")).messages).to.deep.equal([
      "app: odd 01",
      "app: odd 02",
      "app: odd 03",
    ]);
    expect((await history("2026-11-03T12:00:00", 1)).messages).to.deep.equal(["app: odd 03"]);
  });

  it("has lines once whose report was begun again after a run that failed", async () => {
    host.logged("2026-11-01T10:00:00", "app: odd");
    await host.run("2026-11-01T11:00:00", { fails: true }).catch(() => undefined);
    await host.run("2026-11-01T12:00:00");
    rmSync(host.log);
    expect((await history("2026-11-01T13:00:00")).messages).to.deep.equal(["app: odd"]);
  });

  it("says so where the limits end it", async () => {
    host.logged("2026-11-01T10:00:00", "app: odd");
    const read = await readHistory({ buffer: new Uint8Array(1 << 20), take() {} }, host.config, {
      state: host.state,
      lookBackMs: 30 * dayMs,
      now: new Date("2026-11-01T12:00:00"),
      limits: { bytes: 10, milliseconds: 10_000 },
    });
    expect(read.isAllRead).to.equal(false);
  });
});
