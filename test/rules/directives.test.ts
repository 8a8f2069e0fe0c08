/** Directive comments: what they say is kept, what they get wrong is named and changes nothing else. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readDirectives } from "../../src/rules/files/directives.js";
import { loadRules } from "../../src/rules/files/load-rules.js";
import { readRuleFile } from "../../src/rules/files/rule-file.js";
import { formatNotice } from "../../src/std/notice.js";
import { repository } from "./shipped.js";

const packets = { tally: ["packets"] };
const form = 'not of the form key=value or key="some words"';

/** Comments before ignore rules, what they say, and what is wrong with them as column and reason. */
const comments: readonly (readonly [string, object, ...string[]])[] = [
  ["#@ tally=packets", packets],
  ['#@tally="packets"', packets],
  ["#@\ttally=packets \r", packets],
  ["#@", {}],
  ["#@ tally=packets,packets", packets],
  ["#@ tally=packets,user", { tally: ["packets", "user"] }],
  ["#@ tally=packets colour=red", packets, '18: unknown directive "colour"'],
  [
    "#@ tally=shoes",
    {},
    '4: unknown value "shoes" of "tally", which takes "packets", "address", "network", "user", "path", "agent", "port", "reason", "country"',
  ],
  [
    "#@ tally=caf\xc3\xa9",
    {},
    '4: unknown value "café" of "tally", which takes "packets", "address", "network", "user", "path", "agent", "port", "reason", "country"',
  ],
  ["#@ tally=packets tally=packets", packets, '18: "tally" is given twice'],
  ["#@ tally", {}, `4: ${form}`],
  ["#@ tally= packets", {}, `4: ${form}`, `11: ${form}`],
  ["#@ Tally=packets =x tally=packets", packets, `4: ${form}`, `18: ${form}`],
  ['#@ tally=pack"ets tally=packets', packets, `4: ${form}`],
  ['#@ tally="packets"x', {}, `4: ${form}`],
  ['#@ tally=packets reason="open tally=packets', packets, "18: a quote is not closed"],
  [
    '#@ tally=""',
    {},
    '4: unknown value "" of "tally", which takes "packets", "address", "network", "user", "path", "agent", "port", "reason", "country"',
  ],
  [
    '#@ until=2027-01-31 owner=ops reason="a \\b=c, caf\xc3\xa9" added=2026-11-27',
    { until: "2027-01-31", owner: "ops", reason: "a \\b=c, café", added: "2026-11-27" },
  ],
  ["#@ until=2028-02-29", { until: "2028-02-29" }],
  [
    "#@ until=2027-02-29",
    {},
    '4: unknown value "2027-02-29" of "until", which takes a day such as "2027-01-31"',
  ],
  [
    "#@ until=31.1.2027",
    {},
    '4: unknown value "31.1.2027" of "until", which takes a day such as "2027-01-31"',
  ],
  ["#@ tally=path,agent,address,network", { tally: ["path", "agent", "address", "network"] }],
  [
    "#@ tally=address suspect=address unless-suspect=address",
    { tally: ["address"], suspect: ["address"], unlessSuspect: ["address"] },
  ],
  ["#@ suspect=user", {}, '4: unknown value "user" of "suspect", which takes "address"'],
  ['#@ reason=" "', {}, '4: unknown value " " of "reason", which takes some words'],
  ["#@ max=20/h", { max: { count: 20, periodMs: 3_600_000 } }],
  ["#@ max=1000000/d", { max: { count: 1_000_000, periodMs: 86_400_000 } }],
  ["#@ max=5/min", { max: { count: 5, periodMs: 60_000 } }],
  ...["0/h", "20", "20/x", "20/hour", "-1/h", "1000001/h", "2.5/h", "20/h/h"].map(
    (rate): [string, object, string] => [
      `#@ max=${rate}`,
      {},
      `4: unknown value "${rate}" of "max", which takes a number of lines and a time, such as "20/h", "5/min" or "100/d"`,
    ],
  ),
  ["#@ min=10/h", {}, '4: "min" means nothing to a rule that ignores'],
  ["#@ near=boot", {}, '4: "near" means nothing to a rule that ignores'],
  [
    "#@ first-seen=\\1,\\2:masked,\\12:network expire=90d",
    {
      firstSeen: [
        { group: 1, form: "exact" },
        { group: 2, form: "masked" },
        { group: 12, form: "network" },
      ],
      expireMs: 90 * 86_400_000,
    },
  ],
  ...["1", "\\0", "\\1,", "\\1:upper", "\\1 ,\\2"].map((groups): [string, object, string] => [
    `#@ first-seen="${groups}"`,
    {},
    `4: unknown value "${groups}" of "first-seen", which takes up to 9 groups such as "\\1,\\2:masked,\\3:network"`,
  ]),
  ["#@ first-seen=\\1 family=my-jobs", { firstSeen: [{ group: 1, form: "exact" }], family: "my-jobs" }],
  ["#@ family=my-jobs", {}, '1: "family" means something beside "first-seen" only'],
  ["#@ expire=90d", {}, '1: "expire" means something beside "first-seen" only'],
  [
    "#@ first-seen=\\1 expire=2y",
    { firstSeen: [{ group: 1, form: "exact" }] },
    '18: unknown value "2y" of "expire", which takes a time from "1d" to "400d", such as "90d"',
  ],
  [
    '#@ title="cron ran" band=other key=user,unit',
    { title: "cron ran", band: "other", key: ["user", "unit"] },
  ],
  [
    '#@ title="\xc3\xa9tat"',
    {},
    '4: unknown value "état" of "title", which takes 3 to 40 printable characters of ASCII',
  ],
  ["#@ band=bad", {}, '4: unknown value "bad" of "band", which takes "break-in", "damage", "other"'],
];

/** Comments before rules that raise an alarm. */
const attentionComments: readonly (readonly [string, object, ...string[]])[] = [
  ["#@ min=10/h", { min: { count: 10, periodMs: 3_600_000 } }],
  ["#@ near=boot,packages", { near: ["boot", "packages"] }],
  [
    "#@ near=moon",
    {},
    '4: unknown value "moon" of "near", which takes "boot", "shutdown", "suspend", "packages"',
  ],
  ["#@ unless-country=US,CA", { unlessCountry: ["US", "CA"] }],
  [
    "#@ unless-country=us",
    {},
    '4: unknown value "us" of "unless-country", which takes codes of two letters such as "US,CA"',
  ],
  [
    "#@ unless-network=192.0.2.0/24,2001:db8::/32,198.51.100.7",
    {
      unlessNetwork: [
        { address: "192.0.2.0", family: "ipv4", prefixBits: 24 },
        { address: "2001:db8::", family: "ipv6", prefixBits: 32 },
        { address: "198.51.100.7", family: "ipv4", prefixBits: 32 },
      ],
    },
  ],
  ...["192.0.2.0/33", "192.0.2", "2001:db8::/129", "localhost", "192.0.2.0/"].map(
    (network): [string, object, string] => [
      `#@ unless-network=${network}`,
      {},
      `4: unknown value "${network}" of "unless-network", which takes addresses and networks such as "192.0.2.0/24,2001:db8::/32"`,
    ],
  ),
  ["#@ max=20/h", {}, '4: "max" means nothing to a rule that raises'],
  ["#@ first-seen=\\1", {}, '4: "first-seen" means nothing to a rule that raises'],
];

describe("directives: key=value in a comment", () => {
  for (const [list, table] of [
    ["ignored", comments],
    ["never", attentionComments],
  ] as const)
    for (const [comment, directives, ...errors] of table) {
      it(`${list}: ${JSON.stringify(comment)}`, () => {
        const read = readDirectives(comment, list);
        expect(read.directives).to.deep.equal(directives);
        expect(read.errors.map(({ column, reason }) => `${column}: ${reason}`)).to.deep.equal(errors);
      });
    }
});

describe("directives: the rules that a comment qualifies", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "directives-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  /** The rules of a file, those that are counted with a "+", and its notices. */
  function read(...lines: readonly string[]) {
    const path = join(directory, "rules");
    writeFileSync(path, `${lines.join("\n")}\n`, "latin1");
    const { rules, notices } = readRuleFile({ path, list: "ignored" });
    return {
      rules: rules.map(({ text, directives }) => (directives?.tally ? `${text} +` : text)).join(", "),
      notices: notices.map((notice) => formatNotice(notice).replace(path, "FILE")),
    };
  }

  it("are those up to a blank line; other comments between them do not end it", () => {
    expect(read("a", "#@ tally=packets", "b", "# and", "c", " \t", "d")).to.deep.equal({
      rules: "a, b +, c +, d",
      notices: [],
    });
  });

  it("are those up to the next such comment, which says all that holds from there", () => {
    expect(read("#@ tally=packets", "a", "#@", "b", "#@ tally=packets", "c")).to.deep.equal({
      rules: "a +, b, c +",
      notices: [],
    });
  });

  it("stay on where something is not known, and the notice says where that is", () => {
    expect(read("# one", "#@ tally=packets colour=red", "a", "b")).to.deep.equal({
      rules: "a +, b +",
      notices: ['FILE:2:18: unknown directive "colour": directive not applied, its rules stay on'],
    });
  });

  it("are off where a condition of theirs cannot be read: without it they would hide too much", () => {
    const takes = 'takes a number of lines and a time, such as "20/h", "5/min" or "100/d"';
    expect(read("#@ max=twenty/h tally=shoes", "a", "b", "", "c").rules).to.equal("c");
    expect(read("#@ max=twenty/h", "a", "", "c").notices).to.deep.equal([
      `FILE:1:4: unknown value "twenty/h" of "max", which ${takes}: its rules skipped, their lines will be reported`,
    ]);
    for (const comment of ["#@ max = 20/h", '#@ first-seen="\\1', "#@ first-seen", "#@ min=10/h"])
      expect(read(comment, "a", "", "c").rules, comment).to.equal("c");
  });

  it("raise an alarm all the same where a condition of theirs cannot be read", () => {
    const path = join(directory, "rules");
    writeFileSync(path, "#@ min=ten/h\na\n");
    expect(readRuleFile({ path, list: "never" }).rules).to.have.length(1);
  });

  it("are at least one, or the comment is named: it stands in the wrong place", () => {
    const useless =
      "no rule follows before a blank line or the next such comment: its directives have no effect";
    expect(
      read("#@ tally=packets", "", "a", "#@ tally=packets", "#@ tally=packets", "b", "#@"),
    ).to.deep.equal({
      rules: "a, b +",
      notices: [`FILE:1:1: ${useless}`, `FILE:4:1: ${useless}`, `FILE:7:1: ${useless}`],
    });
  });
});

describe("directives: the shipped rules", () => {
  it("have packets counted by every rule that ignores packets, and by no other", () => {
    const directories = [{ path: repository, isNamed: true }];
    const { rules, notices } = loadRules({ directories, level: "workstation" });
    expect(notices).to.deep.equal([]);
    const ignoring = rules.filter(({ list }) => list === "ignored");
    const tallied = ignoring.filter(({ directives }) => directives?.tally?.includes("packets"));
    expect(tallied.map(({ text }) => text)).to.deep.equal(
      ignoring.map(({ text }) => text).filter((text) => text.includes(" OUT=")),
    );
    expect(tallied).to.have.length(2);
  });
});
