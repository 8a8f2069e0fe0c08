/** logcheck's command line, compared with bash's getopts. */
import { spawnSync } from "node:child_process";
import { expect } from "chai";
import fc from "fast-check";
import { readCommandLine } from "../../src/logcheck/conf/options.js";
import { isLong, seed } from "../support/seed.js";
import { needsTool } from "../support/tools.js";

/** What getopts makes of the words: "flag=value" each, then its complaint if it has one. */
function askGetopts(words: readonly string[]): string[] {
  const script =
    'while getopts c:dhH:l:L:D:m:opr:RsS:tTuvw flag; do [ "$flag" = "?" ] && exit; printf "%s\\0" "$flag=${OPTARG-}"; done';
  const run = spawnSync("bash", ["--norc", "-c", script, "x", ...words], {
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
  });
  const complaint = run.stderr.toString().trimEnd();
  const options = run.stdout.toString().split("\0").slice(0, -1);
  return complaint === "" ? options : [...options, complaint.replace(/^x: /, "")];
}

const word = fc.constantFrom(
  "-o",
  "-p",
  "-opR",
  "-c",
  "x",
  "-cfile",
  "-H",
  "-Hh",
  "-",
  "--",
  "-x",
  "-:",
  "--help",
  "-tc",
  "-m",
  "",
  "-l-o",
  "?",
);

describe("logcheck's options", () => {
  it("are read as getopts reads them", function () {
    needsTool(this, "bash");
    this.timeout(120_000);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        const { options, complaint } = readCommandLine(words);
        const ours = options.map(({ flag, value }) => `${flag}=${value}`);
        expect(complaint === undefined ? ours : [...ours, complaint]).to.deep.equal(askGetopts(words));
      }),
      { seed, numRuns: isLong ? 20_000 : 500 },
    );
  });
});
