/** F51: an event that journal and log carry is told once, whatever each makes of it; two hosts are never one. */
import { expect } from "chai";
import { DuplicateFinder } from "../../src/check/lines/duplicates.js";
import { readEntry } from "../../src/entry/header.js";
import type { Layer } from "../../src/rules/layer.js";

const now = new Date(2026, 10, 22, 13);
const layer: Layer = "never";
const at = (second: number): string => `Nov 22 12:00:${String(second).padStart(2, "0")}`;

interface Told {
  readonly journal: readonly string[];
  readonly file: readonly string[];
}

/** How many lines are no duplicates, in both orders of reading. */
function told({ journal, file }: Told, localHost = "web1.example.org"): readonly number[] {
  const sides = [
    [["journal", journal] as const, ["file", file] as const],
    [["file", file] as const, ["journal", journal] as const],
  ];
  return sides.map((order) => {
    const finder = new DuplicateFinder(localHost);
    return order
      .flatMap(([kind, lines]) => lines.map((line) => [kind, line] as const))
      .filter(([kind, line]) => !finder.isDuplicate(kind, readEntry(line, now), layer, false)).length;
  });
}

const long = "x".repeat(30_000);
const login = "Failed password for root from 192.0.2.7";
const same: Readonly<Record<string, Told>> = {
  "a tab": {
    journal: [`${at(0)} web1 app[9]: one\ttwo`],
    file: [`${at(0)} web1 app[9]: one#011two`],
  },
  "each control byte": {
    journal: [`${at(0)} web1 app[9]: \x1b[2J\x07\x7f\x01\\x0a end`],
    file: [`${at(0)} web1 app[9]: #033[2J#007#177#001#012 end`],
  },
  "escapes of the journal's kind": {
    journal: [`${at(0)} web1 app[9]: one\\x09two\\x1B`],
    file: [`${at(0)} web1 app[9]: one\ttwo#033`],
  },
  "bytes beyond ASCII": {
    journal: [`${at(0)} web1 app[9]: caf\xc3\xa9`],
    file: [`${at(0)} web1 app[9]: caf#303#251`],
  },
  "the kernel's stamp": {
    journal: [`${at(0)} web1 kernel: device eth0 entered promiscuous mode`],
    file: [`${at(0)} web1 kernel: [12345.678901] device eth0 entered promiscuous mode`],
  },
  "the kernel's stamp of an early hour": {
    journal: [`${at(0)} web1 kernel: oops`],
    file: [`${at(1)} web1 kernel: [    2.678901] oops`],
  },
  "a process that only the journal knows": {
    journal: [`${at(0)} web1 sudo[4711]: ops : COMMAND=/bin/sh`],
    file: [`${at(0)} web1 sudo: ops : COMMAND=/bin/sh`],
  },
  "a process that only the file knows": {
    journal: [`${at(0)} web1 app: x`],
    file: [`${at(0)} web1 app[9]: x`],
  },
  "lines of 30,000 bytes": {
    journal: [`${at(0)} web1 app[9]: ${long}`],
    file: [`${at(0)} web1 app[9]: ${long}`],
  },
  "this host's short and full name": {
    journal: [`${at(0)} web1 app[9]: x`],
    file: [`${at(0)} web1.example.org app[9]: x`],
  },
};

const apart: Readonly<Record<string, Told>> = {
  "hosts that share the first label": {
    journal: [`${at(0)} log.branch.example app[9]: x`],
    file: [`${at(0)} log app[9]: x`],
  },
  "hosts of two branches": {
    journal: [`${at(0)} log.north.example app[9]: x`],
    file: [`${at(0)} log.south.example app[9]: x`],
  },
  "another host with this host's first label": {
    journal: [`${at(0)} web1.branch.example app[9]: x`],
    file: [`${at(0)} web1 app[9]: x`],
  },
  "two processes": { journal: [`${at(0)} web1 app[8]: x`], file: [`${at(0)} web1 app[9]: x`] },
  "escapes of what nobody escapes": {
    journal: [`${at(0)} web1 app[9]: A`],
    file: [`${at(0)} web1 app[9]: #101`],
  },
  "long lines that differ at their ends": {
    journal: [`${at(0)} web1 app[9]: ${long}a`],
    file: [`${at(0)} web1 app[9]: ${long}b`],
  },
  "a stamp in brackets that is not the kernel's": {
    journal: [`${at(0)} web1 app[9]: x`],
    file: [`${at(0)} web1 app[9]: [12345.678901] x`],
  },
};

describe("F51: one event in journal and log", () => {
  for (const [what, lines] of Object.entries(same))
    it(`is told once: ${what}`, () => {
      expect(told(lines)).to.deep.equal([1, 1]);
    });

  for (const [what, lines] of Object.entries(apart))
    it(`two events are told twice: ${what}`, () => {
      expect(told(lines)).to.deep.equal([2, 2]);
    });

  it("another host's event never hides this host's, whatever is known of its domain", () => {
    for (const localHost of ["log", "log.hq.example"])
      expect(told(apart["hosts that share the first label"]!, localHost)).to.deep.equal([2, 2]);
  });

  it("a message that the file has as repeated is told as often as it happened", () => {
    const journal = [0, 1, 2, 3].map((second) => `${at(second)} web1 sshd[9]: ${login}`);
    const repeated = `${at(3)} web1 sshd[9]: message repeated 3 times: [ ${login}]`;
    const file = [`${at(0)} web1 sshd[9]: ${login}`, repeated];
    expect(told({ journal, file })).to.deep.equal([4, 2]);
    expect(told({ journal: [repeated], file: [repeated] })).to.deep.equal([1, 1]);
  });

  it("a message is told again where it is said to have come more often than it was seen", () => {
    const journal = [0, 1].map((second) => `${at(second)} web1 sshd[9]: ${login}`);
    const file = [`${at(1)} web1 sshd[9]: message repeated 3 times: [ ${login}]`];
    expect(told({ journal, file })[0]).to.equal(3);
    const later = [5, 6, 7].map((second) => `${at(second)} web1 sshd[9]: ${login}`);
    expect(told({ journal: later, file })).to.deep.equal([4, 4]);
  });

  it("a process that is not known stands for one event only", () => {
    const journal = [1, 2, 3].map((process) => `${at(0)} web1 sudo[${process}]: x`);
    expect(told({ journal, file: [`${at(0)} web1 sudo: x`, `${at(0)} web1 sudo[2]: x`] })).to.deep.equal([
      3, 3,
    ]);
  });
});
