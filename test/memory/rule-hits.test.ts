/** What is counted of rules: by month, bounded, and never longer than it was counted. */
import { expect } from "chai";
import {
  dayNumber,
  decodeRuleHits,
  emptyHits,
  encodeRuleHits,
  ruleKey,
  withRun,
  type CountedRules,
  type RuleHits,
} from "../../src/memory/rule-hits.js";
import { decodeStored, encodeStored } from "../../src/store/stored.js";

const day = (text: string): Date => new Date(`${text}T12:00:00Z`);
const number = (text: string): number => dayNumber(day(text));

describe("hits of rules", () => {
  const on = (keys: readonly string[]): CountedRules => ({ key: keys.join(), keys: () => new Set(keys) });
  const run = (
    before: RuleHits,
    date: string,
    keys: readonly string[],
    hits: Record<string, number>,
  ): RuleHits =>
    withRun(before, on(keys), { hits: new Map(Object.entries(hits)), lines: 100, now: day(date) });

  it("are added up by month, with the day of the last line", () => {
    let hits = run(emptyHits(day("2026-10-30")), "2026-10-30", ["a", "b"], { a: 3 });
    hits = run(hits, "2026-10-31", ["a", "b"], { a: 4 });
    hits = run(hits, "2026-11-02", ["a", "b", "c"], { a: 1, c: 2 });
    expect(Object.fromEntries(hits.used)).to.deep.equal({
      a: { added: number("2026-10-30"), last: number("2026-11-02"), months: { "2026-10": 7, "2026-11": 1 } },
      c: { added: number("2026-11-02"), last: number("2026-11-02"), months: { "2026-11": 2 } },
    });
    expect(hits.unused).to.deep.equal({ [number("2026-10-30")]: ["b"] });
    expect(hits.lines).to.deep.equal({ "2026-10": 200, "2026-11": 100 });
    const stored = decodeStored(encodeStored(encodeRuleHits(hits)));
    expect(decodeRuleHits({ kind: "stored", stored })).to.deep.equal(hits);
  });

  it("are counted anew for a rule that went and came back unused, and kept for one that was used", () => {
    let hits = run(emptyHits(day("2026-10-01")), "2026-10-01", ["a", "b"], { a: 1 });
    hits = run(hits, "2026-10-02", [], {});
    hits = run(hits, "2026-10-03", ["a", "b"], {});
    expect(hits.used.get("a")?.added).to.equal(number("2026-10-01"));
    expect(hits.unused).to.deep.equal({ [number("2026-10-03")]: ["b"] });
  });

  it("are bounded: 13 months, 400 days after the last line, 20,000 rules", () => {
    let hits = emptyHits(day("2025-01-01"));
    for (let month = 0; month < 20; month++)
      hits = withRun(hits, on(["a"]), {
        hits: new Map([["a", 1]]),
        lines: 1,
        now: new Date(Date.UTC(2025, month, 15)),
      });
    expect(Object.keys(hits.used.get("a")?.months ?? {})).to.have.length(13);
    expect(Object.keys(hits.lines)).to.have.length(13);
    expect(run(hits, "2027-12-01", [], {}).used.size).to.equal(0);
    const many = Array.from({ length: 30_000 }, (_, index) => `key ${index}`);
    const full = run(emptyHits(day("2026-10-01")), "2026-10-01", many, {});
    expect(Object.values(full.unused).flat()).to.have.length(20_000);
  });

  it("make no keys where the same rules are on, and count a rule from then on that is known by another name", () => {
    const first = run(emptyHits(day("2026-10-01")), "2026-10-01", ["a", "b"], {});
    const same = { key: "a,b", keys: (): never => expect.fail("asked for the keys of all rules") };
    const hits = new Map([
      ["b", 2],
      ["moved", 3],
    ]);
    const second = withRun(first, same, { hits, lines: 5, now: day("2026-10-02") });
    expect(second.used.get("b")?.added).to.equal(number("2026-10-01"));
    expect(second.used.get("moved")?.added).to.equal(number("2026-10-02"));
    expect(second.unused).to.deep.equal({ [number("2026-10-01")]: ["a"] });
  });

  it("go by file, list and text, and not by the line of the file", () => {
    const rule = { file: "/etc/logwinnow/ignore.d/local/app", list: "ignored", text: "app: up$" } as const;
    const others = [
      { ...rule, file: "/etc/logwinnow/ignore.d/local/apq" },
      { ...rule, list: "never" as const },
      { ...rule, text: "app: up" },
    ];
    const keys = [rule, ...others].map((one) => ruleKey(one));
    expect(new Set(keys).size).to.equal(4);
    const many = Array.from({ length: 20_000 }, (_, index) => ruleKey({ ...rule, text: `app: ${index}$` }));
    expect(new Set(many).size).to.equal(20_000);
  });

  it("that cannot be read are counted anew", () => {
    const unknown = { kind: "rule-hits", version: 9, data: {} };
    expect(decodeRuleHits({ kind: "stored", stored: unknown })).to.equal(undefined);
    expect(decodeRuleHits({ kind: "nothing" })).to.equal(undefined);
  });
});
