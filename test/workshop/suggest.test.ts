/** Rules made of lines, judged by grep: each takes all lines of its kind and none of another. */
import { spawnSync } from "node:child_process";
import { expect } from "chai";
import type { MustKeep } from "../../src/workshop/suggest/suggest.js";
import { suggestRules } from "../../src/workshop/suggest/suggest.js";
import { Kinds } from "../../src/workshop/suggest/kinds.js";

const stamp = "Nov 22 00:41:26 web1 ";
const header = String.raw`^\w{3} [ :0-9]{11} [._[:alnum:]-]+ `;

/** Lines of one kind, and the rule that is made of them without its header. */
const kinds: readonly (readonly [lines: readonly string[], rule: string])[] = [
  [
    ["pricefeed[7]: fetched 12 quotes in 3 ms", "pricefeed[8]: fetched 7 quotes in 12 ms"],
    "pricefeed\\[[0-9]+\\]: fetched [0-9]+ quotes in [0-9]+ ms$",
  ],
  [
    ["pricefeed[7]: peer 192.0.2.7:9000 lost", "pricefeed[7]: peer 2001:db8::7 lost"],
    "pricefeed\\[[0-9]+\\]: peer [.:[:xdigit:]]+ lost$",
  ],
  [
    ["relayd: wrote /srv/feeds/a.xml (1.5 kB)", "relayd[3]: wrote /srv/feeds/b-2.xml (31 kB)"],
    "relayd(\\[[0-9]+\\])?: wrote /[-./_[:alnum:]]+ \\(-?[.0-9]+ kB\\)$",
  ],
  [["relayd: queue is full*, [really] (50%)?"], "relayd: queue is full\\*, \\[really\\] \\([0-9]+%\\)\\?$"],
  [
    [
      'relayd: title="one two" by alice',
      'relayd: title="three" by alice',
      'relayd: title="a b c d" by alice',
    ],
    'relayd: title="[- ._[:alnum:]]+" by alice$',
  ],
  [
    ["kernel: [   12.345678] widget0: link up", "kernel: [ 9999.000001] widget1: link up"],
    "kernel: \\[ *[.0-9]+\\] [-._[:alnum:]]+: link up$",
  ],
];

const text = (ere: string, lines: readonly string[]): string => {
  const { stdout } = spawnSync("grep", ["-E", "--text", "--", ere], { input: `${lines.join("\n")}\n` });
  return stdout.toString();
};

function suggested(
  lines: readonly string[],
  kept: readonly MustKeep[] = [],
): ReturnType<typeof suggestRules> {
  const all = new Kinds();
  for (const line of lines) all.add({ layer: "remainder" }, line, undefined);
  const known = [...all.kinds.values()];
  return suggestRules(known, known, kept, { locale: "UTF-8", widensHeaders: true });
}

describe("a suggested rule", () => {
  const all = kinds.flatMap(([lines]) => lines.map((line) => stamp + line));

  it("has the house form, takes all lines of its kind in grep, and none of another", () => {
    const suggestions = suggested(all);
    expect(suggestions).to.have.length(kinds.length);
    for (const [index, [lines, rule]] of kinds.entries()) {
      const outcome = suggestions[index]?.outcome;
      expect(outcome).to.deep.equal({ rule: header + rule });
      expect(text(header + rule, all)).to.equal(`${lines.map((line) => stamp + line).join("\n")}\n`);
    }
  });

  it("takes lines of both usual headers", () => {
    const lines = [`${stamp}relayd: up`, "2026-11-22T00:41:26.123456+01:00 web1 relayd: up"];
    const [one] = suggested(lines);
    const rule = one && "rule" in one.outcome ? one.outcome.rule : "";
    expect(text(rule, lines)).to.equal(`${lines.join("\n")}\n`);
  });

  it("is made of lines without a header, and of any mark", () => {
    const marks = "! \" # $ % & ' ( ) * + , - . / : ; < = > ? @ [ \\ ] ^ _ ` { | } ~";
    const lines = [`made 7 of ${marks}`, `made 12 of ${marks}`];
    const [one] = suggested(lines);
    const rule = one && "rule" in one.outcome ? one.outcome.rule : "";
    expect(text(rule, [...lines, "made 7 of x"])).to.equal(`${lines.join("\n")}\n`);
  });

  it("is refused where it would hide what must be kept, and says what", () => {
    const kept = { line: `${stamp}pricefeed[9]: fetched 0 quotes in 1 ms`, name: "the canary x:1" };
    const [one] = suggested([`${stamp}pricefeed[7]: fetched 12 quotes in 3 ms`], [kept]);
    expect(one?.outcome).to.deep.equal({ refused: "it would hide the canary x:1" });
  });

  it("lists the texts that were seen where a field would take any text", () => {
    const lines = [
      `${stamp}relayd: says "\xc3\xa9t\xc3\xa9 a" now`,
      `${stamp}relayd: says "\xc3\xa0 b c" now`,
    ];
    const [one] = suggested(lines);
    expect(one?.outcome).to.deep.equal({
      rule: `${header}relayd: says "(\xc3\xa0 b c|\xc3\xa9t\xc3\xa9 a)" now$`,
    });
  });

  it("is refused where so many texts were seen that a field would take any text", () => {
    const lines = Array.from(
      { length: 9 },
      (_, n) => `${stamp}relayd: says "\xc3\xa9t\xc3\xa9 ${"a ".repeat(n)}b" now`,
    );
    const [one] = suggested(lines);
    expect(one?.outcome).to.deep.equal({
      refused: "its [^[:cntrl:]]+ would take any text, whoever writes it",
    });
  });

  it("is refused for lines that a file of rules cannot hold", () => {
    const [one] = suggested([`${stamp}relayd: a \x1b[31m b`]);
    expect(one?.outcome).to.have.property("refused");
  });

  it("takes time in the lines, however long and odd they are", function () {
    this.timeout(10_000);
    const lines = Array.from({ length: 300 }, (_, n) => `${stamp}app: ${"a1,".repeat(n)} ${"(".repeat(n)} x`);
    expect(suggested(lines).length).to.be.greaterThan(0);
  });
});
