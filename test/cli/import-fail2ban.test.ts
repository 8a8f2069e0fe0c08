import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";

describe("logwinnow rules import-fail2ban", () => {
  let box: Sandbox;
  beforeEach(() => (box = new Sandbox()));
  afterEach(() => box.remove());
  const filter = (...lines: readonly string[]): string =>
    box.write("my app.conf", `[Definition]\n${lines.join("\n")}\n`);

  it("prints rules under the places that they come from, and they raise what the filter looks for", () => {
    const path = filter("failregex = ^ \\S+ app: bad login by <F-USER>\\S+</F-USER> from <HOST>$");
    const { stdout, stderr, status } = box.run(["rules", "import-fail2ban", path]);
    expect({ stderr, status }).to.deep.equal({ stderr: "", status: 0 });
    expect(stdout).to.match(/^# Made by logwinnow rules import-fail2ban of \S+my app\.conf: /);
    expect(stdout).to.contain(`# ${path}:2: ^ \\S+ app: bad login by`);
    mkdirSync(box.path("rules/violations.d"), { recursive: true });
    box.write("rules/violations.d/app", stdout);
    box.write(
      "log",
      "Nov 22 00:41:26 web1 app: bad login by alice from 192.0.2.7\nNov 22 00:41:26 web1 app: good login\n",
    );
    const filtered = box.run([
      "filter",
      "--rules",
      box.path("rules"),
      "--layer",
      "violation",
      box.path("log"),
    ]);
    expect(filtered.stdout).to.equal("Nov 22 00:41:26 web1 app: bad login by alice from 192.0.2.7\n");
  });

  it("names what it cannot carry over, imports the rest, and exits with 1", () => {
    const path = filter("failregex = ^ x app: (?<=a)b", "            ^ x app: fine <HOST>$");
    const { stdout, stderr, status } = box.run(["rules", "import-fail2ban", path, box.path("missing.conf")]);
    expect(status).to.equal(1);
    expect(stdout.split("\n").filter((line) => line.startsWith("^"))).to.have.length(2);
    expect(stderr).to.contain(`${path}:2: looks behind`).and.contain(": no rule written\n");
    expect(stderr).to.match(/missing\.conf.*: nothing imported\n$/);
  });

  it("takes what a jail gives to the filter", () => {
    const path = filter("failregex = ^ x app: <mode>-<other> from <HOST>$", "mode = normal", "other = 1");
    const { stdout } = box.run(["rules", "import-fail2ban", `${path}[mode=strict, other="2"]`]);
    expect(stdout).to.contain("strict-2 from ").and.not.contain("normal-1 from");
  });

  it("writes a file for each filter that everybody may read, replaces its own, and no other", () => {
    const path = filter("failregex = ^ x app: one <HOST>$");
    const written = box.path("etc/violations.d/fail2ban-my-app");
    const run = () => box.run(["rules", "import-fail2ban", "--write", box.path("etc"), path]);
    expect(run()).to.deep.include({ stdout: "", stderr: "", status: 0 });
    expect(statSync(written).mode & 0o777).to.equal(0o644);
    filter("failregex = ^ x app: two <HOST>$");
    expect(run().status).to.equal(0);
    expect(readFileSync(written, "utf8")).to.contain("app: two").and.not.contain("app: one");
    box.write("etc/violations.d/fail2ban-my-app", "^mine$\n");
    expect(run().stderr).to.equal(`${written}: was not made by an import: not replaced\n`);
    expect(readFileSync(written, "utf8")).to.equal("^mine$\n");
    expect(existsSync(join(box.path("etc/violations.d"), ".fail2ban-my-app.tmp"))).to.equal(false);
  });

  it("needs a filter", () => {
    expect(box.run(["rules", "import-fail2ban"]).status).to.equal(64);
  });
});
