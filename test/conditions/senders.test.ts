/** Who sent a line: origins that a rule spares, and suspects whose lines it tells. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Senders } from "../../src/conditions/senders.js";
import { Origins } from "../../src/origins/origins.js";
import { formatNotice } from "../../src/std/notice.js";
import { judge, type WrittenRule } from "./judge.js";

const accepted = String.raw`sshd\[[0-9]+\]: Accepted [a-z]+ for `;
const login = (address: string): string =>
  `10:00:00 sshd[1]: Accepted password for joe from ${address} port 1`;

describe("origins that a rule spares", () => {
  let directory: string;
  let countries: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "logwinnow-senders-"));
    countries = join(directory, "countries");
    writeFileSync(countries, "3221225984,3221226239,NL\n3325256704,3325256959,US\n");
  });
  after(() => rmSync(directory, { recursive: true }));

  function judged(written: readonly WrittenRule[], files: readonly string[] = []) {
    return judge(written, { state: { senders: new Senders(new Origins({ files })) } });
  }

  const cases: readonly {
    readonly directives: string;
    readonly raised: readonly string[];
    readonly spared: readonly string[];
  }[] = [
    {
      directives: "unless-network=192.0.2.0/24,2001:db8::/33,198.51.100.7",
      raised: ["192.0.3.1", "198.51.100.8", "2001:db8:8000::1", "host.example.net"],
      spared: ["192.0.2.1", "::ffff:192.0.2.255", "198.51.100.7", "2001:db8:7fff::1"],
    },
    {
      directives: "unless-country=NL,CA",
      raised: ["198.51.100.7", "203.0.113.5", "10.0.0.1", "2001:db8::1", "host.example.net"],
      spared: ["192.0.2.1", "::ffff:192.0.2.1"],
    },
    {
      directives: "unless-country=US unless-network=10.0.0.0/8",
      raised: ["192.0.2.1"],
      spared: ["198.51.100.7", "10.1.2.3"],
    },
  ];
  for (const { directives, raised, spared } of cases) {
    it(`${directives} raises strangers and leaves the others as they would be without the rule`, () => {
      for (const list of ["never", "violation"] as const) {
        const { lines, counts } = judged([[list, directives, accepted]], [countries]);
        expect(lines(...raised.map(login))).to.deep.equal(raised.map((one) => `${list}: ${login(one)}`));
        expect(lines(...spared.map(login))).to.deep.equal(spared.map((one) => `remainder: ${login(one)}`));
        expect(counts()).to.deep.equal({ [list]: raised.length, remainder: spared.length });
      }
    });

    it(`${directives} lets an ignoring rule ignore what is spared, and no more`, () => {
      const { lines, counts } = judged(
        [
          ["never", directives, accepted],
          ["ignored", "max=1000/h", `${accepted}.*$`],
        ],
        [countries],
      );
      const told = lines(...raised.map(login), ...spared.map(login));
      expect(told).to.deep.equal(raised.map((one) => `never: ${login(one)}`));
      expect(counts()).to.deep.equal({ never: raised.length, ignored: spared.length });
    });
  }

  it("without a file that knows countries nobody is spared, and a notice says so", () => {
    const { lines, conditions } = judged(
      [["never", "unless-country=NL", accepted]],
      [join(directory, "missing")],
    );
    expect(lines(login("192.0.2.1"))).to.deep.equal([`never: ${login("192.0.2.1")}`]);
    expect(conditions.notices().map(formatNotice)).to.deep.equal([
      'rules.d/never:1:1: "unless-country" has no file that knows countries: its lines are raised wherever they come from',
      `${directory}/missing: cannot be read: no such file or directory (ENOENT): not asked for countries and owners`,
    ]);
  });

  it("a line that names no address is not spared, and a notice says so", () => {
    const { lines, conditions } = judged([["never", "unless-network=0.0.0.0/0", "su: "]]);
    expect(lines("10:00:00 su: joe")).to.deep.equal(["never: 10:00:00 su: joe"]);
    expect(conditions.notices().map(formatNotice)).to.deep.equal([
      "rules.d/never:1:1: asks who sent a line, and a line names no address: the line is taken for a stranger's",
    ]);
  });

  it("what a user calls himself is not where he comes from", () => {
    const { lines } = judged([["violation", "unless-network=192.0.2.0/24", "sshd.*Invalid user"]]);
    const line = "10:00:00 sshd[1]: Invalid user 192.0.2.1 from 203.0.113.5 port 1";
    expect(lines(line)).to.deep.equal([`violation: ${line}`]);
  });
});

describe("suspects", () => {
  const scan = (address: string): string => `10:00:00 sshd[1]: Bad protocol version from ${address} port 1`;
  const rules: readonly WrittenRule[] = [
    ["ignored", "suspect=address", "sshd\\[[0-9]+\\]: Bad protocol version from [^ ]+ port [0-9]+$"],
    ["ignored", "unless-suspect=address", `${accepted}.*$`],
  ];

  it("are told of from then on, and nobody else is", () => {
    const { lines, counts } = judge(rules);
    const told = lines(
      login("203.0.113.5"),
      scan("203.0.113.5"),
      login("198.51.100.7"),
      login("203.0.113.5"),
      login("::ffff:203.0.113.5"),
    );
    expect(told).to.deep.equal(
      ["203.0.113.5", "::ffff:203.0.113.5"].map((one) => `violation (suspect): ${login(one)}`),
    );
    expect(counts()).to.deep.equal({ ignored: 3, violation: 2 });
    // In the next chunk too.
    expect(lines(login("203.0.113.5"))).to.have.length(1);
  });

  it("a rule that raises a line can make one, too", () => {
    const { lines } = judge([
      ["violation", "suspect=address", "sshd\\[[0-9]+\\]: Bad protocol"],
      rules[1] as WrittenRule,
    ]);
    expect(lines(scan("203.0.113.5"), login("203.0.113.5"), login("198.51.100.7"))).to.deep.equal([
      `violation: ${scan("203.0.113.5")}`,
      `violation (suspect): ${login("203.0.113.5")}`,
    ]);
  });
});
