/** The module "logwinnow": the rules of directories, asked line by line. */
import { expect } from "chai";
import { openRules } from "../src/index.js";
import { Sandbox } from "./support/cli.js";

describe("openRules", () => {
  let box: Sandbox;
  beforeEach(() => (box = new Sandbox()));
  afterEach(() => box.remove());
  const write = (path: string, text: string): string => box.write(path, text);

  it("gives the layer of a line and the rule that decides it", async () => {
    write("rules/never.d/ssh", "^break-in\n");
    write("rules/violations.d/ssh", "# a comment\n^refused\n");
    write("rules/ignore.d/server/ssh", "^(hello|refused)$\n");
    const rules = await openRules([box.path("rules")]);
    expect(rules.notices).to.deep.equal([]);
    expect(rules.classify("break-in at noon").layer).to.equal("never");
    const { layer, rule } = rules.classify("refused\n");
    expect([layer, rule?.file, rule?.line]).to.deep.equal([
      "violation",
      box.path("rules/violations.d/ssh"),
      2,
    ]);
    expect(rules.classify(Buffer.from("hello  \t")).layer).to.equal("ignored");
    expect(rules.classify("")).to.deep.equal({ layer: "remainder" });
  });

  it("reads the ignore rules of the level", async () => {
    write("rules/ignore.d/paranoid/a", "^quiet$\n");
    write("rules/ignore.d/workstation/a", "^desktop$\n");
    const layersAt = async (options?: { level: "paranoid" | "workstation" }): Promise<string[]> => {
      const rules = await openRules([box.path("rules")], options);
      return ["quiet", "desktop"].map((line) => rules.classify(line).layer);
    };
    expect(await layersAt()).to.deep.equal(["ignored", "remainder"]);
    expect(await layersAt({ level: "paranoid" })).to.deep.equal(["ignored", "remainder"]);
    expect(await layersAt({ level: "workstation" })).to.deep.equal(["ignored", "ignored"]);
  });

  it("names what is wrong, and goes on without it", async () => {
    write("rules/ignore.d/server/a", "^fine$\nbad(\n.*\n");
    const rules = await openRules([box.path("rules"), box.path("missing")]);
    expect(rules.notices.map(({ where }) => where)).to.have.members([
      box.path("missing"),
      `${box.path("rules/ignore.d/server/a")}:2:4`,
      `${box.path("rules/ignore.d/server/a")}:3:1`,
    ]);
    expect(["fine", "bad(", "other"].map((line) => rules.classify(line).layer)).to.deep.equal([
      "ignored",
      "remainder",
      "remainder",
    ]);
  });

  it("takes one line at a time", async () => {
    const rules = await openRules([]);
    expect(() => rules.classify("a\nb")).to.throw(RangeError, "more than one line");
  });
});
