import { chmodSync, mkdirSync, readFileSync, readlinkSync, statSync, symlinkSync } from "node:fs";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";

const head = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+";

describe("logwinnow rules lint", () => {
  let box: Sandbox;
  beforeEach(() => (box = new Sandbox()));
  afterEach(() => box.remove());

  it("prints what is wrong and exits with 1, and with 0 where nothing is", () => {
    const bad = box.write("bad", `${head} app: \\d$\n`);
    const good = box.write("good", `${head} app: [0-9]$\n`);
    const { stdout, status, stderr } = box.run(["rules", "lint", bad, good]);
    expect({ stdout, status, stderr }).to.deep.equal({
      stdout: `${bad}:1:41: "\\d" is read as the letter "d": write [[:digit:]] (pcre)\n`,
      status: 1,
      stderr: "",
    });
    expect(box.run(["rules", "lint", good])).to.deep.include({ stdout: "", status: 0 });
    expect(box.run(["rules", "lint", box.path("none")]).stdout)
      .to.contain("does not exist")
      .and.contain("(file)");
  });

  it("prints one object a line with --json, with the wider rule and a line that it alone matches", () => {
    const path = box.write("rules", `${head} app: [0-9]+$\n${head} app: [0-9a-f]+$\n`);
    const { stdout } = box.run(["rules", "lint", "--json", path]);
    const [finding, ...others] = stdout.trimEnd().split("\n");
    expect(others).to.deep.equal([]);
    const { message, witness, ...rest } = JSON.parse(finding ?? "") as Record<string, unknown>;
    expect(rest).to.deep.equal({ file: path, line: 1, column: 1, kind: "contained", other: `${path}:2` });
    expect(message).to.contain("you can delete it");
    expect(witness).to.match(/ app: [0-9]*[a-f]/);
  });

  it("looks at the named file alone, or beside the rules that are named, and else at these", () => {
    mkdirSync(box.path("tree/ignore.d/server"), { recursive: true });
    box.write("tree/ignore.d/server/app", `${head} app: [0-9a-f]+$\n`);
    const path = box.write("mine", `${head} app: [0-9]+$\n`);
    const tree = box.path("tree");
    expect(box.run(["rules", "lint", path]).status).to.equal(0);
    expect(box.run(["rules", "lint", "--rules", tree]).status).to.equal(0);
    const { stdout } = box.run(["rules", "lint", path, "--rules", tree]);
    expect(stdout).to.contain(`matched by ${tree}/ignore.d/server/app:1`);
    const alarm = box.write("violations.d/mine", `${head} app: 7 \n`);
    expect(box.run(["rules", "lint", alarm]).stdout).to.equal("");
  });

  it("mends with --fix what is mechanical, tells it, and keeps mode, links and all else", () => {
    const other = `# caf\xe9\n${head} app: fine$\n\n`;
    const content = Buffer.from(
      `\xef\xbb\xbf${head} app: [\\d]+ (?:a|b) x*?$ \r\n${other} # why\n${head} app: b$ # why not\n`,
      "latin1",
    );
    const path = box.write("rules", content);
    chmodSync(path, 0o640);
    symlinkSync("rules", box.path("link"));
    const { stdout, stderr, status } = box.run(["rules", "lint", "--fix", box.path("link")]);
    expect(readFileSync(path, "latin1")).to.equal(
      `${head} app: [[:digit:]]+ (a|b) x*$\n${other}# why\n# why not\n${head} app: b$\n`,
    );
    expect(statSync(path).mode & 0o777).to.equal(0o640);
    expect(readlinkSync(box.path("link"))).to.equal("rules");
    expect(stderr.trimEnd().split("\n")).to.have.length(8);
    expect(stderr).to.match(/link:1:1: the file begins with a byte order mark.*: mended\n/);
    expect({ stdout, status }).to.deep.equal({ stdout: "", status: 0 });
    expect(box.run(["rules", "lint", "--fix", path])).to.deep.include({ stderr: "", status: 0 });
  });

  it("prints a SARIF document", () => {
    const path = box.write("rules", `${head} app: [0-9]+$\n${head} app: [0-9a-f]+$\n`);
    const { stdout, status } = box.run(["rules", "lint", "--sarif", path]);
    const { version, runs } = JSON.parse(stdout) as {
      version: string;
      runs: {
        results: { ruleId: string; locations: unknown[] }[];
        tool: { driver: { rules: { id: string }[] } };
      }[];
    };
    expect({ version, status }).to.deep.equal({ version: "2.1.0", status: 1 });
    const [run] = runs;
    expect(run?.results.map(({ ruleId }) => ruleId)).to.deep.equal(["contained"]);
    expect(run?.results[0]?.locations).to.deep.equal([
      {
        physicalLocation: {
          artifactLocation: { uri: `file://${path}` },
          region: { startLine: 1, startColumn: 1 },
        },
      },
    ]);
    expect(run?.tool.driver.rules.map(({ id }) => id)).to.include("contained");
  });
});

describe("logwinnow rules check", () => {
  let box: Sandbox;
  beforeEach(() => (box = new Sandbox()));
  afterEach(() => box.remove());

  it("judges standard input in the place of the file that it is, beside the others", () => {
    const path = box.write("tree/violations.d/app", `${head} app: old$\n`);
    box.write("tree/violations.d/other", `${head} app: [a-z]+ \n`);
    const check = (input: string) =>
      box.run(["rules", "check", "--stdin", "--json", "--path", path, "--rules", box.path("tree")], {
        input,
      });
    expect(check(`${head} app: new\n`)).to.deep.include({ stdout: "", status: 0 });
    // The second time, what was built for the others is on the disk.
    for (const run of [1, 2]) {
      const { stdout, status } = check(`# new\n${head} app: new \n`);
      expect(status, `run ${run}`).to.equal(1);
      expect(JSON.parse(stdout)).to.include({
        file: path,
        line: 2,
        kind: "contained",
        other: `${box.path("tree/violations.d/other")}:1`,
      });
    }
    expect(check("^(\n").stdout).to.contain('"kind":"syntax"');
  });

  it("takes a file without a place for one of ignore rules of this host", () => {
    box.write("tree/never.d/app", `${head} app: [a-z]+ broken\n`);
    const { stdout } = box.run(["rules", "check", "--stdin", "--json", "--rules", box.path("tree")], {
      input: `${head} app: it broken$\n`,
    });
    expect(JSON.parse(stdout)).to.include({ line: 1, kind: "dead" });
  });
});
