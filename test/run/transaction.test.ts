/** The order of a run, and what each way to end it leaves behind. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Outlet } from "../../src/outlets/outlet.js";
import type { Ending } from "../../src/run/product.js";
import { runOnce, type RunOptions } from "../../src/run/transaction.js";
import { readOnlyDoor, storeDoor } from "../../src/store/door.js";
import type { Delivery } from "../../src/store/spool/payload.js";
import type { Source } from "../../src/sources/source.js";
import { linesProduct, positionAfter, scripted, type LinesReport } from "./products.js";

const now = new Date("2026-03-01T12:00:00Z");
const quiet: RunOptions<LinesReport> = { clock: () => now, tell: () => {} };

/** Sends the report's lines as text; answers with what the test says. */
function textOutlet(name: string, sent: string[], answer: () => Delivery): Outlet<LinesReport> {
  return {
    name,
    render: ({ lines }, { commitNumber }) =>
      Promise.resolve([
        {
          outlet: name,
          idempotencyKey: `${name} ${commitNumber}`,
          contentType: "text/plain",
          bytes: Buffer.from(lines.join("\n")),
        },
      ]),
    deliver({ bytes, idempotencyKey }) {
      sent.push(`${idempotencyKey}: ${Buffer.from(bytes).toString()}`);
      return Promise.resolve(answer());
    },
  };
}

describe("a run", () => {
  const root = mkdtempSync(join(tmpdir(), "logwinnow-run-"));
  let directory = "";
  let count = 0;
  beforeEach(() => {
    directory = join(root, String(count++));
  });
  after(() => rmSync(root, { recursive: true }));

  const delivered = (): Delivery => ({ outcome: "delivered" });
  const runOver = (
    sources: readonly Source[],
    outlets: readonly Outlet<LinesReport>[],
    options: Partial<RunOptions<LinesReport>> = {},
  ) =>
    runOnce(
      linesProduct(() => sources),
      storeDoor(directory),
      outlets,
      { ...quiet, ...options },
    );
  const stored = () => {
    const opened = storeDoor(directory).open(now);
    if (opened === "locked") throw new Error("locked");
    opened.release();
    return opened.store;
  };

  it("reads, commits and delivers; the next one goes on after it", async () => {
    const sent: string[] = [];
    const outlet = textOutlet("phone", sent, delivered);
    const outcome = await runOver([scripted("a.log", ["odd 1\nfine\n"])], [outlet]);
    expect(outcome).to.deep.include({ kind: "done", failed: [], waiting: 0 });
    expect(sent).to.deep.equal(["phone 1: odd 1"]);
    expect(stored().state).to.deep.include({ commitNumber: 1, positions: { "a.log": positionAfter(1) } });
    await runOver([scripted("a.log", ["odd 1\nfine\n", "odd 2\n"])], [outlet]);
    expect(sent).to.deep.equal(["phone 1: odd 1", "phone 2: odd 2"]);
  });

  it("sends a report to every outlet; one that fails keeps its own payload and holds up no other", async () => {
    const sent: string[] = [];
    const failing = textOutlet("phone", [], () => ({ outcome: "deferred", reason: "phone: no network" }));
    const outcome = await runOver(
      [scripted("a.log", ["odd 1\n"])],
      [failing, textOutlet("hook", sent, delivered)],
    );
    expect(outcome).to.deep.include({ kind: "done", waiting: 1 });
    expect(sent).to.deep.equal(["hook 1: odd 1"]);
    expect(
      stored()
        .spool.waiting()
        .map(({ name }) => name),
    ).to.deep.equal(["00000001.1.phone"]);
  });

  it("commits in parts what is long, and an interrupted report goes on in the next run", async () => {
    const abort = new AbortController();
    const script = ["odd 1\n", "odd 2\n", "odd 3\n"];
    const sent: string[] = [];
    const outlet = textOutlet("phone", sent, delivered);
    let begun = 0;
    const interrupted = await runOnce(
      linesProduct(() => [{ ...scripted("a.log", script), open: abortAtSecondRead }]),
      storeDoor(directory),
      [outlet],
      { ...quiet, storeEveryBytes: 1, signal: abort.signal },
    );
    async function abortAtSecondRead(from: Parameters<Source["open"]>[0]) {
      const reader = await scripted("a.log", script).open(from);
      return {
        ...reader,
        read: (into: Uint8Array) => {
          if (++begun === 2) abort.abort();
          return reader.read(into);
        },
      };
    }
    expect(interrupted).to.deep.equal({ kind: "interrupted" });
    expect(sent).to.deep.equal([]);
    expect(stored().state.positions).to.deep.equal({ "a.log": positionAfter(2) });
    await runOver([scripted("a.log", script)], [outlet]);
    expect(sent.map((text) => text.split(": ")[1])).to.deep.equal(["odd 1\nodd 2\nodd 3"]);
  });

  it("keeps a report that could not be shown for the next run", async () => {
    const sources = [scripted("a.log", ["odd 1\n"])];
    const present = (): never => {
      throw new Error("standard output was closed");
    };
    const failure = await runOver(sources, [], { present }).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error);
    const shown: LinesReport[] = [];
    await runOver(sources, [], { present: (report) => shown.push(report) });
    expect(shown.map(({ lines }) => lines)).to.deep.equal([["odd 1"]]);
  });

  it("is refused while another holds the lock, before anything is prepared", async () => {
    const other = storeDoor(directory).open(now);
    if (other === "locked") throw new Error("locked");
    try {
      const outcome = await runOnce(
        () => Promise.reject(new Error("prepared")),
        storeDoor(directory),
        [],
        quiet,
      );
      expect(outcome).to.deep.equal({ kind: "locked" });
    } finally {
      other.release();
    }
  });

  it("over a store that only looks shows the report, and commits and delivers nothing", async () => {
    const sent: string[] = [];
    const outlet = textOutlet("phone", sent, () => ({ outcome: "deferred", reason: "phone: later" }));
    await runOver([scripted("a.log", ["odd 1\n"])], [outlet]);
    sent.length = 0;
    const before = stored().state;
    const shown: LinesReport[] = [];
    const outcome = await runOnce(
      linesProduct(() => [scripted("a.log", ["odd 1\n", "odd 2\n"])]),
      readOnlyDoor(directory),
      [outlet],
      { ...quiet, storeEveryBytes: 1, present: (report) => shown.push(report) },
    );
    expect(outcome).to.deep.include({ kind: "done", waiting: 0 });
    expect(shown.map(({ lines }) => lines)).to.deep.equal([["odd 2"]]);
    expect(sent).to.deep.equal([]);
    expect(stored().state).to.deep.equal(before);
  });

  it("tells the product what it noticed of the store and of refused payloads, in this order", async () => {
    const refusing = textOutlet("phone", [], () => ({ outcome: "refused", reason: "phone: gone" }));
    await runOver([scripted("a.log", ["odd 1\n"])], [refusing]);
    const endings: Ending[] = [];
    await runOnce(
      linesProduct(() => [], { ending: (ending) => endings.push(ending) }),
      storeDoor(directory),
      [refusing],
      quiet,
    );
    expect(endings.map(({ notices }) => notices.map(({ where, what }) => `${where}: ${what}`))).to.deep.equal(
      [["failed/00000001.1.phone: could not be delivered: phone: gone"]],
    );
  });

  it("reads nothing while the spool is full, and says so", async () => {
    const full = storeDoor(directory);
    let begins = 0;
    const outcome = await runOnce(
      linesProduct(() => [], { begin: () => begins++ }),
      {
        directory,
        open: (at) => {
          const opened = full.open(at);
          if (opened === "locked") return opened;
          return { ...opened, store: Object.assign(opened.store, { isFull: () => true }) };
        },
      },
      [],
      quiet,
    );
    expect(outcome).to.deep.equal({ kind: "spool full" });
    expect(begins).to.equal(0);
  });
});
