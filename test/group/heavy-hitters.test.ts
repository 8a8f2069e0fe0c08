/** Counts of names: bounded, adding up, never too high, and the frequent ones are there. */
import { expect } from "chai";
import { HeavyHitters, type NameCounts } from "../../src/group/heavy-hitters.js";
import { randomStream } from "../support/seed.js";

function sumOf({ counts, others }: NameCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, others);
}

function countAll(hitters: HeavyHitters, names: readonly string[]): NameCounts {
  for (const name of names) hitters.add(name);
  return hitters.counts();
}

describe("heavy hitters: names that come most often have a count of their own", () => {
  it("few names are counted exactly", () => {
    const counts = countAll(new HeavyHitters(3), ["a", "b", "a", "__proto__", "a"]);
    expect(Object.entries(counts.counts)).to.have.deep.members([
      ["a", 3],
      ["b", 1],
      ["__proto__", 1],
    ]);
    expect(counts).to.deep.include({ others: 0 }).and.not.have.any.keys("missed", "floor");
  });

  it("what has no name is among the others, and costs no name its count", () => {
    const hitters = new HeavyHitters(3);
    hitters.add("a");
    hitters.addUnnamed();
    expect(hitters.counts()).to.deep.equal({ counts: { a: 1 }, others: 1 });
    expect(new HeavyHitters(3, hitters.counts()).counts()).to.deep.equal({ counts: { a: 1 }, others: 1 });
  });

  it("a flood of names that come once pushes no frequent name out", () => {
    const hitters = new HeavyHitters(10);
    for (let round = 0; round < 1000; round++) {
      for (let name = 0; name < 50; name++) hitters.add(`once ${round} ${name}`);
      for (const name of ["root", "admin", "root", "root", "admin", "root", "root", "root"])
        hitters.add(name);
    }
    const counts = hitters.counts();
    expect(Object.keys(counts.counts)).to.have.length(10).and.include.members(["root", "admin"]);
    expect(Object.keys(counts.counts)[0]).to.equal("root");
    expect(sumOf(counts)).to.equal(58_000);
  });

  it("whatever comes, over several batches: never too high, adds up, and says what it may have missed", () => {
    const stream = randomStream();
    const random = (below: number): number => Math.floor(stream() * below);
    for (let round = 0; round < 200; round++) {
      const maxNames = 1 + random(8);
      const truth = new Map<string, number>();
      let hitters = new HeavyHitters(maxNames);
      const lines = random(600);
      for (let line = 0; line < lines; line++) {
        // Some names come far more often than others.
        const name = `n${random(1 + random(40))}`;
        truth.set(name, (truth.get(name) ?? 0) + 1);
        hitters.add(name);
        if (random(100) === 0)
          hitters = new HeavyHitters(maxNames, JSON.parse(JSON.stringify(hitters.counts())) as NameCounts);
      }
      const counts = hitters.counts();
      const { missed = {}, floor = 0 } = counts;
      expect(sumOf(counts)).to.equal(lines);
      expect(Object.keys(counts.counts).length).to.be.at.most(maxNames);
      for (const [name, count] of truth) {
        const own = counts.counts[name];
        if (own === undefined) expect(count).to.be.at.most(floor);
        else expect(count).to.be.within(own, own + (missed[name] ?? 0));
        if (count > lines / maxNames) expect(own, `${name} of ${lines}`).to.not.equal(undefined);
      }
    }
  });
});
