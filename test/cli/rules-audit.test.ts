import { expect } from "chai";
import { Sandbox } from "../support/cli.js";

const head = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+";

describe("logwinnow rules audit", () => {
  let box: Sandbox;
  beforeEach(() => (box = new Sandbox()));
  afterEach(() => box.remove());
  const audit = (...more: readonly string[]) =>
    box.run(["rules", "audit", "--rules", box.path("rules"), ...more]);

  it("exits with 0 where no canary is hidden", () => {
    box.write("rules/ignore.d/server/app", `${head} app: fine$\n`);
    const { stdout, stderr, status } = audit();
    expect({ stderr, status }).to.deep.equal({ stderr: "", status: 0 });
    expect(stdout).to.match(/^none of 1[0-9]{2} canaries is hidden\n$/);
  });

  it("names the rule that hides one, ours or the user's own, and exits with 1", () => {
    const rule = box.write(
      "rules/ignore.d/server/app",
      `${head} (app|useradd\\[[0-9]+\\]): [^[:space:]].*$\n`,
    );
    const mine = box.write("rules/canaries/app", "Nov 22 03:14:15 web1 app: lost\n");
    const more = box.write("more", "Nov 22 03:14:15 web1 app: lost too\nNov 22 03:14:15 web1 other: seen\n");
    const { stdout, status } = audit(more);
    expect(status).to.equal(1);
    expect(stdout).to.contain(
      `${mine}:1:1: hidden by ${rule}:1 (canary)\n  for example: Nov 22 03:14:15 web1 app: lost\n`,
    );
    expect(stdout).to.contain(`${more}:1:1: `).and.not.contain(`${more}:2`);
    expect(stdout).to.contain("new user: name=mallory, UID=0");
    expect(stdout).to.match(/\nhidden: [0-9]+ of [0-9]+ canaries; rules that hide them: 1\n$/);
    const [first = ""] = audit("--json").stdout.split("\n");
    expect(JSON.parse(first)).to.include({ kind: "canary", line: 2, other: `${rule}:1` });
  });
});
