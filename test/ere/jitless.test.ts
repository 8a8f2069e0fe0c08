/** Where WebAssembly is not allowed, as under `node --jitless`, lines are scanned by the plain loop: to the same end. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Locale } from "../../src/ere/index.js";
import { randomStream } from "../support/seed.js";
import type { JitlessAnswer, JitlessQuestion } from "./support/jitless-child.js";
import { KeptStates } from "./support/kept-states.js";
import { randomLine, randomPattern } from "./support/random-patterns.js";
import { scanAll, scannerOf, type ScanJob, type ScanOutcome } from "./support/scan-job.js";

const child = fileURLToPath(new URL("support/jitless-child.js", import.meta.url));

/** Patterns for more states than the memory has room for at first. */
function jobOf(random: () => number, locale: Locale, trimsTrailingSpace: boolean): ScanJob {
  const patterns = Array.from({ length: 30 }, () => randomPattern(random, 0.1));
  const lines = Array.from({ length: 12_000 }, () => `${randomLine(random, 12)}\n`);
  return { patterns, locale, trimsTrailingSpace, text: lines.join("") };
}

describe("under --jitless", function () {
  this.timeout(60_000);
  let expected: readonly (JitlessQuestion & { readonly outcome: ScanOutcome })[];
  let answers: readonly JitlessAnswer[];
  before(() => {
    const random = randomStream();
    const jobs = [jobOf(random, "C", true), jobOf(random, "UTF-8", false)];
    expected = jobs.map((job) => {
      const cache = new KeptStates();
      const scanner = scannerOf(job, cache);
      const outcome = scanAll(scanner, job);
      scanner.keepStates();
      return { job, outcome, savedStates: Buffer.from(cache.saved ?? []).toString("base64") };
    });
    const run = spawnSync(process.execPath, ["--jitless", child], {
      input: JSON.stringify(expected.map(({ job, savedStates }) => ({ job, savedStates }))),
      maxBuffer: 1 << 28,
    });
    expect(run.status, run.stderr.toString()).to.equal(0);
    answers = JSON.parse(run.stdout.toString()) as JitlessAnswer[];
  });

  it("there is no WebAssembly, and more states than the first memory holds", () => {
    expect(answers.map(({ hasWebAssembly }) => hasWebAssembly)).to.deep.equal([false, false]);
    for (const { stateCount } of answers) expect(stateCount).to.be.greaterThan(1_000);
  });

  it("the plain loop gives the verdicts and the counts of the lanes", () => {
    expect(answers.map(({ fresh }) => fresh)).to.deep.equal(expected.map(({ outcome }) => outcome));
  });

  it("states that the lanes have built are taken, damaged ones are not", () => {
    expect(answers.map(({ damagedTaken }) => damagedTaken)).to.deep.equal([0, 0]);
    expect(answers.map(({ isRestored }) => isRestored)).to.deep.equal([true, true]);
    expect(answers.map(({ restored }) => restored)).to.deep.equal(expected.map(({ outcome }) => outcome));
  });
});
