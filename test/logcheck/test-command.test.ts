/** logcheck-test's command line, compared with the real logcheck-test. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { fileFacts } from "../../src/logcheck/tools/etc.js";
import { readTestCommandLine, testSummary } from "../../src/logcheck/tools/test-command.js";
import { isLong, seed } from "../support/seed.js";
import { needsTool } from "../support/tools.js";

describe("logcheck-test's command line", () => {
  let directory: string;

  before(function () {
    needsTool(this, "/usr/bin/logcheck-test");
    directory = mkdtempSync(join(tmpdir(), "logcheck-test-"));
    writeFileSync(join(directory, "log"), "Nov  1 00:00:00 host a: b  \nc\n");
    writeFileSync(join(directory, "rules"), "# comment\n\na: b$\n");
    symlinkSync("missing", join(directory, "broken"));
  });

  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it("gives the same status and summary, whatever the arguments", function () {
    this.timeout(120_000);
    const word = fc.constantFrom(
      "-l",
      "-l",
      "log",
      "log",
      "-r",
      "rules",
      "rules",
      "-q",
      "-i",
      "-e",
      "-P",
      "x",
      "-S",
      "-h",
      "--help",
      "--log-file",
      "--rule-file",
      "--quiet",
      "--invert-match",
      "--surround-rule",
      "--append-prefix",
      "--prepend-suffix",
      "-z",
      "",
      "missing",
      "broken",
      "a: b",
      "^c",
      "(b|c)",
    );
    const commandLine = fc.oneof(
      fc.array(word, { maxLength: 7 }),
      fc.array(word, { maxLength: 4 }).map((words) => ["-l", "log", ...words]),
    );
    fc.assert(
      fc.property(commandLine, (words) => {
        const paths = words.map((name) =>
          /^(?:log|rules|missing|broken)$/.test(name) ? join(directory, name) : name,
        );
        const run = spawnSync("/usr/bin/logcheck-test", paths, {
          env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
        });
        const theirs = run.stdout.toString();
        const request = readTestCommandLine(paths, fileFacts);
        if (request.kind === "help") {
          expect(run.status).to.equal(0);
          expect(theirs).to.match(/^usage: logcheck-test/);
        } else if (request.kind === "mistake") {
          expect({ status: run.status, theirs }).to.deep.equal({ status: request.status, theirs: "" });
        } else {
          expect(run.status).to.be.oneOf([0, 1]);
          expect(theirs.endsWith(request.isQuiet ? "" : testSummary(request))).to.equal(true, theirs);
          expect(theirs.includes("parsed file")).to.equal(!request.isQuiet);
        }
      }),
      { seed, numRuns: isLong ? 20_000 : 400 },
    );
  });
});
