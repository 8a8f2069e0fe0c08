/** `explain` as a user meets it: lines pasted from a mail, and what the nearest rule lacks. */
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";

const header = String.raw`^\w{3} [ :0-9]{11} [._[:alnum:]-]+ `;
const stamp = "Nov 22 00:41:26 web1 ";

describe("explain", () => {
  let box: Sandbox;
  before(() => {
    box = new Sandbox();
    box.write("rules/ignore.d/server/app", `${header}app\\[[0-9]+\\]: job [[:digit:]]{11} done$\n`);
  });
  after(() => box.remove());
  const explain = (...args: readonly string[]): string =>
    box.run(["explain", "--level", "server", "--rules", box.path("rules"), ...args]).stdout;

  it("says where the nearest rule stops, what it expected and found, and what would match", () => {
    const text = explain(`${stamp}app[7]: job 1234567890 done`);
    expect(text).to.include("remainder: no rule decides it\n");
    expect(text).to.include(":1, which stops matching at column 44\n    expected [[:digit:]]{11}, saw 10\n");
    expect(text).to.include("would match with {10,11} in place of {11}:\n");
  });

  it("takes several lines pasted with the indentation of a mail", () => {
    const text = explain(`  ${stamp}app[7]: job 12345678901 done\n  ${stamp}app[8]: job 12345678902 done`);
    expect(text.match(/ignored, by /g)).to.have.length(2);
  });

  it("shows the title of a line, and where it is from", () => {
    box.write(
      "rules/titles.d/app",
      `#@ title="a job ran {1}"\n${header}app\\[[0-9]+\\]: job .* (late|lost)\n`,
    );
    const line = `${stamp}app[7]: job 7 late`;
    const from = box.path("rules/titles.d/app");
    expect(explain(line)).to.include(`no rule decides it\n    titled "a job ran late", by ${from}:2\n`);
    expect(JSON.parse(explain("--json", line))).to.have.property("title", "a job ran late");
  });

  it("gives an object a line", () => {
    const [record] = explain("--json", `${stamp}app[7]: job 1234567890 done`)
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(record).to.deep.include({ layer: "remainder", matching: [] });
    expect(record).to.have.property("nearest").that.deep.includes({ column: 44, found: "", count: 10 });
  });
});
