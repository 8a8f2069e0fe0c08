/** Tallies of what rules ignored: by file and field, bounded, going on where an earlier run left off. */
import { expect } from "chai";
import { readEntry } from "../../src/entry/header.js";
import { IgnoredTallies, type FileTallies } from "../../src/group/file-tallies.js";
import { Origins } from "../../src/origins/origins.js";

const nowhere = new Origins({ files: [] });

function refused(user: string, address: string) {
  return readEntry(
    `Nov 22 00:41:26 web1 sshd[1]: Failed password for ${user} from ${address} port 1 ssh2`,
    new Date(2026, 10, 22),
  );
}

describe("tallies of what rules ignored", () => {
  it("count by file and field, over two batches", () => {
    const first = new IgnoredTallies(nowhere);
    first.add("ssh", ["address", "user"], refused("root", "203.0.113.5"));
    first.add("ssh", ["address"], refused("root", "203.0.113.5"));
    const stored = JSON.parse(JSON.stringify(first.tallies())) as FileTallies[];
    const second = new IgnoredTallies(nowhere, stored);
    second.add("ssh", ["address", "user"], refused("joe", "198.51.100.7"));
    second.add("login", ["network", "path"], refused("joe", "198.51.100.7"));
    expect(second.tallies()).to.deep.equal([
      {
        file: "ssh",
        tallies: [
          { by: "address", counts: { "203.0.113.5": 2, "198.51.100.7": 1 }, others: 0 },
          { by: "user", counts: { root: 1, joe: 1 }, others: 0 },
        ],
      },
      {
        file: "login",
        tallies: [
          { by: "network", counts: { "198.51.100.0/24": 1 }, others: 0 },
          // The line names no page.
          { by: "path", counts: {}, others: 1 },
        ],
      },
    ]);
  });

  it("packets are counted by port and network, and other lines of such a rule are not", () => {
    const tallies = new IgnoredTallies(nowhere);
    const packet = readEntry(
      "Nov 22 00:41:26 web1 kernel: DROP IN=eth0 OUT= SRC=203.0.113.5 DST=x PROTO=TCP DPT=23",
      new Date(2026, 10, 22),
    );
    tallies.add("firewall", ["packets"], packet);
    tallies.add("firewall", ["packets"], refused("root", "203.0.113.5"));
    expect(tallies.tallies()).to.deep.equal([
      {
        file: "firewall",
        tallies: [
          { by: "port", counts: { "23/TCP": 1 }, others: 0 },
          { by: "network", counts: { "203.0.113.0/24": 1 }, others: 0 },
        ],
      },
    ]);
  });

  it("a country is told where a table knows it; without one it is unknown", () => {
    const tallies = new IgnoredTallies(nowhere);
    tallies.add("ssh", ["country"], refused("root", "203.0.113.5"));
    expect(tallies.tallies()[0]?.tallies).to.deep.equal([
      { by: "country", counts: { unknown: 1 }, others: 0 },
    ]);
  });

  it("are bounded, however many files ask for them", () => {
    const tallies = new IgnoredTallies(nowhere);
    for (let file = 0; file < 1000; file++)
      tallies.add(`file${file}`, ["address", "user", "network"], refused("root", "203.0.113.5"));
    expect(tallies.tallies().flatMap(({ tallies: ofFile }) => ofFile)).to.have.length(100);
  });
});
