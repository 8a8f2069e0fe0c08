/**
 * Records from nothing, in the long run: builds a root, boots it and drives each daemon.
 * Promise: the recording runs from start to end in one command, and what the daemons write now is decided as the lines that
 * were labelled by hand: nothing that should be seen is dropped, and no routine line raises an alarm.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { isLong } from "../../support/seed.js";
import { needsMounts, needsTool } from "../../support/tools.js";
import { matcherOf } from "../matcher.js";
import { recordedLines, recordedPrograms, type Label } from "../recorded.js";
import { outcome, repository, shippedRules } from "../shipped.js";

const scripts = "network access firewall dns postfix web database mailbox system more exim".split(" ");
const mirror = process.env.LOGWINNOW_MIRROR;

/** A line without what differs from one recording to the next. */
function shapeOf(line: string): string {
  return line
    .replace(/^\w{3} [ :0-9]{11} /u, "")
    .replaceAll(/[0-9a-fA-F]{6,}/gu, "#")
    .replaceAll(/[0-9]+/gu, "#");
}

function shapesOf(label: Label): Set<string> {
  return new Set(recordedPrograms().flatMap((program) => recordedLines(label, program).map(shapeOf)));
}

describe("the recording of real daemons", () => {
  let work: string | undefined;
  afterEach(() => {
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
  });

  it("runs from start to end in one command, and its lines are decided as the labelled ones", function () {
    this.timeout(3 * 3_600_000);
    if (!isLong || mirror === undefined) {
      if (this.test)
        this.test.title += " (skipped: the long run does it, with LOGWINNOW_MIRROR, a Debian mirror)";
      this.skip();
    }
    needsMounts(this);
    needsTool(this, "debootstrap", "nsenter", "setpriv");
    work = mkdtempSync(path.join(tmpdir(), "record-"));
    const out = path.join(work, "out");
    const all = path.join(repository, "test/rules/record/all.sh");
    const run = spawnSync(all, [path.join(work, "root"), mirror, out], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    const made = new Map(
      [...(/^lines:(.*)$/mu.exec(run.stdout)?.[1] ?? "").matchAll(/([a-z]+):([0-9]+)/gu)].map(
        ([, script = "", count]) => [script, Number(count)],
      ),
    );
    expect([...made.keys()], run.stderr.slice(-2000)).to.deep.equal(scripts);
    // The addresses that the first script adds are no daemon's.
    expect([...made].filter(([script, count]) => script !== "network" && count === 0)).to.deep.equal([]);
    expect(run.status, run.stderr.slice(-2000)).to.equal(0);

    const match = matcherOf(shippedRules());
    const lines = readFileSync(path.join(out, "all.traditional"), "utf8").split("\n").filter(Boolean);
    const [reported, routine] = [shapesOf("reported"), shapesOf("routine")];
    const known = { reported: 0, routine: 0 };
    const wrong = lines.filter((line) => {
      const decided = outcome(match(line), "server");
      const shape = shapeOf(line);
      if (reported.has(shape) && routine.has(shape)) return false;
      if (routine.has(shape)) {
        known.routine += 1;
        return decided === "never" || decided === "violation";
      }
      if (!reported.has(shape)) return false;
      known.reported += 1;
      // What is told the first time only is ignored here.
      return (
        decided === "ignored" && !match(line).some(({ directives }) => directives.includes("first-seen="))
      );
    });
    expect(wrong).to.deep.equal([]);
    expect(known.reported).to.be.greaterThan(500);
    expect(known.routine).to.be.greaterThan(500);
  });
});
