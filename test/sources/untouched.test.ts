/**
 * Logs that nobody touched since the last run are not opened.
 * Promise: whatever was done to one of them, or beside it, it is seen; and nothing is given twice.
 */
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { isSettled } from "../../src/sources/bytes/open.js";
import { lineFraming } from "../../src/sources/bytes/framing.js";
import { segmentsIn } from "../../src/sources/file/position.js";
import { isUntouched } from "../../src/sources/rotation/untouched.js";
import { LogRuns } from "../support/log-runs.js";
import { until } from "../support/until.js";
import { isoTimestampOf, noon, temporaryDirectory } from "./reading.js";

function line(number: number, text = "routine"): string {
  const time = new Date(Date.UTC(2026, 10, 22) + number * 1000).toISOString();
  return `${time} web1 app[7]: ${text} ${number}\n`;
}

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).join("");

/** Writes to a file and gives it the times back that programs can give. */
function inSecret(path: string, write: () => void): void {
  const { atime, mtime } = statSync(path);
  write();
  utimesSync(path, atime, mtime);
}

interface Case {
  readonly what: string;
  /** The number of lines of the log, of its rotated file and of its archive. Default: 50 each. */
  readonly counts?: readonly [number, number, number];
  readonly event: (path: string) => void;
  /** The numbers of the lines that are given then. */
  readonly given: readonly number[];
  readonly notices?: RegExp;
}

const cases: readonly Case[] = [
  { what: "is written to", event: (path) => appendFileSync(path, line(900)), given: [900] },
  {
    what: "is empty and is written to",
    counts: [0, 0, 0],
    event: (path) => appendFileSync(path, line(900)),
    given: [900],
  },
  {
    what: "is written to behind its time stamps",
    event: (path) => inSecret(path, () => appendFileSync(path, line(900))),
    given: [900],
  },
  {
    what: "has a line of the same length in the place of its last one, behind its time stamps",
    event: (path) =>
      inSecret(path, () =>
        writeFileSync(path, readFileSync(path, "utf8").replace(/.*\n$/, line(149, "ROUTINE"))),
      ),
    given: [149],
    notices: /set back or edited/,
  },
  {
    what: "is emptied and filled to the same length",
    event(path) {
      truncateSync(path);
      appendFileSync(path, lines(900, 950));
    },
    given: Array.from({ length: 50 }, (_, index) => 900 + index),
    notices: /was truncated and rewritten/,
  },
  {
    what: "is renamed and begins anew",
    event(path) {
      renameSync(path, `${path}.0`);
      writeFileSync(path, line(900));
    },
    given: [900],
  },
  {
    what: "is replaced by a file of the same length and times",
    event(path) {
      const { atime, mtime } = statSync(path);
      writeFileSync(`${path}~~`, lines(900, 950));
      utimesSync(`${path}~~`, atime, mtime);
      renameSync(`${path}~~`, path);
    },
    given: Array.from({ length: 50 }, (_, index) => 900 + index),
    notices: /is gone/,
  },
  {
    what: "is written to under its old name",
    event: (path) => appendFileSync(`${path}.1`, line(900)),
    given: [900],
  },
  {
    what: "loses its rotated file",
    event: (path) => unlinkSync(`${path}.1`),
    given: [],
  },
  {
    what: "is a link now",
    event(path) {
      renameSync(path, `${path}~~`);
      symlinkSync(`${path}~~`, path);
    },
    given: [],
    notices: /is a symbolic link/,
  },
  {
    what: "gets a log of its own beside it, with a date in its name",
    event: (path) => writeFileSync(`${path}-20261122`, line(900)),
    given: [900],
  },
  {
    what: "is compressed while it is rotated",
    event(path) {
      writeFileSync(`${path}.3.gz`, gzipSync(readFileSync(`${path}.1`)));
      unlinkSync(`${path}.1`);
      renameSync(path, `${path}.1`);
      writeFileSync(path, line(900));
    },
    given: [900],
  },
  { what: "is gone", event: (path) => unlinkSync(path), given: [], notices: /is gone|does not exist/ },
];

describe("a log that nobody touched", () => {
  const root = temporaryDirectory();
  const prepared: { path: string; runs: LogRuns }[] = [];

  before(async () => {
    for (const [index, { counts = [50, 50, 50] }] of cases.entries()) {
      mkdirSync(join(root, `${index}`));
      const path = join(root, `${index}`, "app.log");
      const [log, rotated, archived] = counts;
      writeFileSync(path, lines(100, 100 + log));
      if (rotated > 0) writeFileSync(`${path}.1`, lines(50, 50 + rotated));
      if (archived > 0) writeFileSync(`${path}.2.gz`, gzipSync(lines(0, archived)));
      prepared.push({ path, runs: new LogRuns([path]) });
    }
    // A change that is as young as one tick of the clock counts as one that may still happen.
    const youngestMs = Math.max(...prepared.map(({ path }) => statSync(path).ctimeMs));
    await until("a tick of the clock is over", () => isSettled(youngestMs));
    for (const { runs } of prepared) for (const _ of [1, 2]) await runs.run();
  });

  for (const [index, { what, event, given, notices }] of cases.entries())
    it(`and that ${what} is read on`, async () => {
      const { path, runs } = prepared[index] ?? expect.fail();
      const log = { path, followLinks: false, framing: lineFraming(isoTimestampOf), now: noon };
      const known = segmentsIn(runs.positions[path] ?? expect.fail()) ?? [];
      expect(isUntouched(log, known), "before").to.equal(true);
      expect(await runs.run()).to.deep.include({ lines: [], notices: [], failed: [] });
      event(path);
      expect(isUntouched(log, known), "after").to.equal(false);
      const found = await runs.run();
      expect(found.lines.map((one) => Number(one.split(" ").at(-1)))).to.deep.equal(given);
      expect(found.notices.join("\n")).to.match(notices ?? /^$/);
      expect((await runs.run()).lines).to.deep.equal([]);
    });
});
