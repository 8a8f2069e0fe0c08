/** F38: every stored document, of each version, with each of its fields gone or of another type. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect } from "chai";
import { prepareCheck } from "../../src/check/product.js";
import { parseConfig, type Config } from "../../src/config/config.js";
import { takeUpReport } from "../../src/logcheck/open-report.js";
import type { Transport } from "../../src/outlets/mail/message.js";
import type { FittedReport } from "../../src/report/outline/fit.js";
import { textOf } from "../../src/report/render/text.js";
import { unwrapped } from "../support/mail-text.js";
import type { Verdict } from "../../src/rules/layer.js";
import type { Prepared } from "../../src/run/product.js";
import { runOnce, type RunOutcome } from "../../src/run/transaction.js";
import { realDisk } from "../../src/std/disk.js";
import { layoutOf } from "../../src/store/layout.js";
import { lastRun } from "../../src/store/run-record.js";
import { decodeState, seal } from "../../src/store/state-file.js";
import { openStore } from "../../src/store/store.js";
import { mailVia } from "../support/payloads.js";
import { isLong } from "../support/seed.js";

const versions = "test/store/versions";
const sample = (name: string): unknown => JSON.parse(readFileSync(join(versions, name), "utf8"));
const now = new Date("2026-11-22T12:00:00Z");

type Path = readonly (string | number)[];

/** Each place in a document, the whole document first. */
function* placesIn(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value))
    yield* placesIn(part, [...path, Array.isArray(value) ? Number(key) : key]);
}

const gone = Symbol("gone");
const others: readonly unknown[] = [
  gone,
  null,
  7,
  -1,
  1e300,
  "text",
  true,
  [],
  {},
  ["text"],
  { a: 1 },
  [null],
];

function changed(document: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value === gone ? {} : value;
  const copy = (Array.isArray(document) ? [...document] : { ...(document as object) }) as Record<
    string | number,
    unknown
  >;
  if (rest.length === 0 && value === gone) {
    if (Array.isArray(copy)) copy.splice(Number(key), 1);
    else delete copy[key];
  } else copy[key] = changed(copy[key], rest, value);
  return copy;
}

interface Change {
  readonly title: string;
  readonly document: unknown;
}

/** Each place gone, and with other values: all of them in the long run, else a few that differ from place to place. */
function* changesOf(document: unknown): Generator<Change> {
  for (const [turn, path] of [...placesIn(document)].entries())
    for (const [index, value] of others.entries())
      if (isLong || value === gone || index % 12 === turn % 12)
        yield {
          title: `${path.join(".") || "all of it"} ${value === gone ? "gone" : `= ${JSON.stringify(value)}`}`,
          document: changed(document, path, value),
        };
}

/** The texts of lines that still stand in a document. */
function linesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(linesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === "line" && typeof part === "string" ? [part] : linesIn(part),
  );
}

describe("stored documents that are not as they should be (F38)", () => {
  let home: string;
  let directory: string;
  let config: Config;
  let prepared: Prepared<Verdict, FittedReport> | undefined;
  beforeEach(() => {
    prepared = undefined;
    home = mkdtempSync(join(tmpdir(), "logwinnow-f38-"));
    directory = join(home, "state");
    mkdirSync(join(home, "rules/ignore.d/server"), { recursive: true });
    writeFileSync(join(home, "rules/ignore.d/server/none"), "^nothing is like this$\n");
    writeFileSync(join(home, "app.log"), "line 1\nline 2\n");
    config = parseConfig(
      `[report]\ndigest = "hourly"\n[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
      join(home, "logwinnow.toml"),
      [],
    );
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const delivering: Transport = () => Promise.resolve({ outcome: "delivered" });

  /** A run of the hourly job. Out: what it came to, and the text of its report. */
  async function run(
    transport = delivering,
  ): Promise<{ outcome: RunOutcome<FittedReport>; text: string; said: string }> {
    let text = "";
    let said = "";
    const outlet = { ...mailVia(transport), render: () => Promise.resolve([]) };
    prepared ??= await prepareCheck(config, () => now, undefined);
    const rules = prepared;
    const outcome = await runOnce(
      () => Promise.resolve(rules),
      // Hundreds of runs, one after the other: without the lock's process they take half the time.
      { directory, open: (at) => ({ ...openStore(directory, realDisk, at), release() {} }) },
      [outlet],
      {
        clock: () => now,
        present: ({ outline }) => {
          text = unwrapped(textOf(outline));
        },
        tell: (notices) => {
          said += JSON.stringify(notices);
        },
      },
    );
    return { outcome, text, said };
  }

  /** A state directory with an unfinished report of this content. */
  function withOpenReport(document: unknown): void {
    rmSync(directory, { recursive: true, force: true });
    const { store } = openStore(directory, realDisk, now);
    const openReport = { kind: "of the test", version: 1, data: {} };
    store.commit({ positions: {}, openReport, payloads: [], toldNotices: {} }, now);
    const bytes = document === undefined ? Buffer.from("no JSON") : Buffer.from(JSON.stringify(document));
    writeFileSync(join(directory, "unfinished", "00000001.json"), seal(bytes));
  }

  for (const name of ["open-report-1.json", "open-report-2.json"]) {
    it(`${name}, whole: goes on`, async () => {
      withOpenReport(sample(name));
      const { outcome, text } = await run();
      expect(outcome.kind).to.equal("done");
      expect(text)
        .to.match(/Accepted password for root/)
        .and.not.match(/does not understand/);
    });

    it(`${name}, each field gone or of another type: its lines are shown, the file is kept, the run goes on`, async () => {
      let understood = 0;
      let kept = 0;
      for (const { title, document } of changesOf(sample(name))) {
        withOpenReport(document);
        const { outcome, text } = await run();
        expect(outcome.kind, title).to.equal("done");
        expect(text, title).to.match(/line 1/);
        for (const line of linesIn(document)) {
          // A mail has no dates before its lines.
          const plain = /[ -~]*/.exec(line.replace(/^\w{3} [ \d]\d [\d:]{8} /, ""))?.[0] ?? "";
          expect(text, title).to.include(plain);
        }
        if (!text.includes("does not understand")) understood += 1;
        else {
          kept += 1;
          expect(text.replaceAll(/\n\s+/g, " "), title).to.match(/kept as/);
          expect(readdirSync(join(directory, "unfinished")), title).to.include("kept-00000001.json");
        }
      }
      expect(understood, "a name may be any name").to.be.greaterThan(5);
      expect(kept).to.be.greaterThan(20);
    });
  }

  const strange: readonly (readonly [string, unknown])[] = [
    [
      "a later version",
      { kind: "report", version: 99, data: { events: [{ layer: "never", line: "the alarm" }] } },
    ],
    ["a later version with lines alone", { kind: "report", version: 99, data: { lines: ["the alarm"] } }],
    [
      "another kind",
      { kind: "logcheck report", version: 2, data: { lines: { a: ["the alarm"] }, notices: [] } },
    ],
    ["a version that is no number", { kind: "report", version: "2", data: { lines: ["the alarm"] } }],
    ["text that is no latin1", { kind: "report", version: 99, data: { line: "the alarm \u2028 \u{1f600}" } }],
  ];
  for (const [title, document] of strange)
    it(`${title}: what is in it is an alarm, and the next run is as always`, async () => {
      withOpenReport(document);
      const first = await run();
      expect(first.text)
        .to.match(/^ALARM: /)
        .and.match(/the alarm/)
        .and.match(/does not understand/);
      const second = await run();
      expect(second.outcome.kind).to.equal("done");
      expect(second.text).to.not.match(/the alarm/);
      expect(readdirSync(join(directory, "unfinished"))).to.include("kept-00000001.json");
    });

  it("what is no JSON at all, or deeper than any document: a notice, and the file is kept", async () => {
    for (const document of [undefined, JSON.parse(`${"[".repeat(500)}7${"]".repeat(500)}`) as unknown]) {
      withOpenReport(document);
      expect((await run()).text).to.match(/does not understand/);
    }
  });

  for (const name of ["logcheck-report-1.json", "logcheck-report-2.json"])
    it(`${name}, each field gone or of another type: lines that are there are found`, () => {
      const textsIn = (value: unknown): readonly string[] =>
        JSON.stringify(value)?.match(/(?<=")(?:Nov 22[^"]*|job \d failed)(?=")/g) ?? [];
      for (const { title, document } of changesOf(sample(name))) {
        withOpenReport(document);
        const { store } = openStore(directory, realDisk, now);
        const { lines, notices } = takeUpReport(store);
        const found = Object.values(lines).flat();
        expect(found, title).to.include.members([...textsIn(document)]);
        expect(
          notices.every(({ where }) => typeof where === "string"),
          title,
        ).to.equal(true);
      }
    });

  for (const name of ["state-1.json", "state-2.json", "state-3.json"])
    it(`${name}, each field gone or of another type: the run goes on, and no new line is lost`, async () => {
      await run();
      const whole = readFileSync(join(directory, "state.json"));
      const positions = (
        JSON.parse(whole.toString().slice(0, whole.lastIndexOf("sha256"))) as { positions: object }
      ).positions;
      writeFileSync(join(home, "app.log"), "line 1\nline 2\nline 3\n");
      const original = { ...(sample(name) as object), positions };
      let count = 0;
      for (const { title, document } of changesOf(original)) {
        if (isLater(document)) continue;
        rmSync(directory, { recursive: true, force: true });
        openStore(directory, realDisk, now);
        writeFileSync(join(directory, "state.json"), seal(Buffer.from(JSON.stringify(document) ?? "")));
        const { outcome, text } = await run();
        expect(outcome.kind, title).to.equal("done");
        expect(text, title).to.match(/line 3/);
        if (readdirSync(directory).includes("kept-state.json")) {
          expect(text.replaceAll(/\n\s+/g, " "), title).to.match(/kept as "kept-state.json"/);
          count += 1;
        }
        expect((await run()).text, title).to.equal("");
      }
      expect(count).to.be.greaterThan(5);
    });

  it("a state of a later version is refused: its positions may mean something else", () => {
    const document = { ...(sample("state-3.json") as object), formatVersion: 4 };
    expect(decodeState(seal(Buffer.from(JSON.stringify(document))))).to.deep.equal({ kind: "newer" });
  });

  for (const name of ["spool-1.mail", "spool-2.mail", "spool-3.mail"])
    it(`${name}, each field gone or of another type: the mail goes out as it is, or is kept and named`, async () => {
      const file = readFileSync(join(versions, name), "latin1");
      const body = file.slice(file.indexOf("\n") + 1);
      const header: unknown = JSON.parse(file.slice(0, file.indexOf("\n")));
      let sent = 0;
      for (const { title, document } of changesOf(header)) {
        rmSync(directory, { recursive: true, force: true });
        const { store } = openStore(directory, realDisk, now);
        store.commit({ positions: {}, payloads: [], toldNotices: {} }, now);
        const path = join(directory, "spool", "00000001.1.mail");
        writeFileSync(path, `${JSON.stringify(document) ?? ""}\n${body}`, "latin1");
        const taken: string[] = [];
        const { outcome, said } = await run((message) => {
          taken.push(Buffer.from(message.bytes).toString());
          return Promise.resolve({ outcome: "delivered" });
        });
        expect(outcome.kind, title).to.equal("done");
        if (taken.length > 0) {
          expect(taken, title).to.deep.equal([body]);
          sent += 1;
        } else if (said !== "") {
          expect(said, title).to.match(/00000001\.1\.mail|outlet text/);
          const kept = [...readdirSync(join(directory, "spool")), ...readdirSync(join(directory, "failed"))];
          expect(kept, title).to.deep.equal([basename(path)]);
        } else
          expect(
            readdirSync(join(directory, "spool")),
            `${title}: not due, or for another outlet`,
          ).to.have.length(1);
      }
      expect(sent).to.be.greaterThan(3);
    });

  it("run-1.json, each field gone or of another type: a run that did not end", () => {
    mkdirSync(directory);
    for (const { title, document } of changesOf(sample("run-1.json"))) {
      writeFileSync(join(directory, "run.json"), seal(Buffer.from(JSON.stringify(document) ?? "")));
      expect(lastRun(realDisk, layoutOf(directory)).kind, title).to.equal("not ended");
    }
  });
});

function isLater(document: unknown): boolean {
  const { formatVersion = 0 } = (document ?? {}) as { formatVersion?: unknown };
  return Number.isSafeInteger(formatVersion) && Number(formatVersion) > 3;
}
