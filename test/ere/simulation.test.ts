/** Room for few states: whether states are kept, forgotten or never built, the verdicts are the same. */
import { expect } from "chai";
import { LineStates } from "../../src/ere/dfa/line-states.js";
import type { NodeList } from "../../src/ere/nfa/node-list.js";
import { NodeSteps, sidesOfBytes } from "../../src/ere/nfa/node-steps.js";
import { NodeSimulation } from "../../src/ere/nfa/node-simulation.js";
import {
  compilePatternSet,
  type LineScanner,
  type Locale,
  type PatternSetOptions,
} from "../../src/ere/index.js";
import { Program } from "../../src/ere/nfa/program.js";
import { PatternReader } from "../../src/ere/syntax/pattern-reader.js";
import { isLong, randomStream } from "../support/seed.js";
import { randomLine, randomPattern } from "./support/random-patterns.js";

function scannerOf(patterns: readonly string[], options: PatternSetOptions): LineScanner {
  const texts = patterns.map((pattern) => Buffer.from(pattern, "latin1"));
  return compilePatternSet(texts, options).set.scanner({ isSelected: () => true });
}

/** By line, its patterns. */
function verdicts(scanner: LineScanner, lines: readonly string[]): string[] {
  const text = Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1");
  scanner.chunk.set(text);
  const { selectedCount, matchSets } = scanner.scan(text.length);
  return Array.from(matchSets.subarray(0, selectedCount), (id) => scanner.matches(id).join());
}

/** Sees each call of a method while something is done; the answer is how many there were. */
function watchCalls<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
  during: () => void,
  see: (...given: unknown[]) => void = () => undefined,
): number {
  let calls = 0;
  const original = prototype[name] as (...given: unknown[]) => unknown;
  prototype[name] = function (this: T, ...given: unknown[]) {
    calls++;
    see(...given);
    return original.apply(this, given);
  } as T[K];
  try {
    during();
  } finally {
    prototype[name] = original as T[K];
  }
  return calls;
}

const plain: PatternSetOptions = { locale: "C", trimsTrailingSpace: true };
const rounds = isLong ? 2000 : 25;

describe("states that are kept, forgotten, or never built", function () {
  this.timeout(isLong ? 0 : 20_000);
  for (const locale of ["C", "UTF-8"] satisfies Locale[])
    for (const trimsTrailingSpace of [true, false])
      for (const usesWebAssembly of [true, false])
        it(`give the same verdicts: ${locale}, ${trimsTrailingSpace ? "trimmed" : "as they are"}, ${usesWebAssembly ? "in lanes" : "plainly"}`, () => {
          const random = randomStream();
          const options = { locale, trimsTrailingSpace, usesWebAssembly };
          let simulated = 0;
          for (let round = 0; round < rounds; round++) {
            const patterns = Array.from({ length: 4 }, () => randomPattern(random, 0.3));
            const lines = Array.from({ length: 60 }, () => randomLine(random, 30));
            const expected = verdicts(scannerOf(patterns, options), lines);
            for (const mostStates of [1, 2, 5, 20, 60]) {
              const scanner = scannerOf(patterns, { ...options, mostStates });
              simulated += watchCalls(LineStates.prototype, "simulate", () => {
                const told = `${mostStates} states, ${JSON.stringify(patterns)}`;
                expect(verdicts(scanner, lines), told).to.deep.equal(expected);
                expect(verdicts(scanner, lines), `again: ${told}`).to.deep.equal(expected);
              });
            }
          }
          expect(simulated).to.be.greaterThan(rounds);
        });

  it("give the same verdicts line by line", () => {
    const random = randomStream();
    const patterns = ["a.{5}[bc]", "^x*y", "\\bab\\b", "(.)\\1$"];
    const lines = Array.from({ length: 500 }, () => randomLine(random, 40));
    const [all, few] = [scannerOf(patterns, plain), scannerOf(patterns, { ...plain, mostStates: 10 })];
    for (const line of lines.map((text) => Buffer.from(text, "latin1")))
      expect(few.matches(few.matchLine(line))).to.deep.equal(all.matches(all.matchLine(line)));
  });
});

describe("patterns that need another state for nearly every byte", () => {
  const hostile = ["a.{50}c", "^ordinary line [0-9]+$"];
  const randomBytes = (length: number) => {
    const random = randomStream();
    return Buffer.from(Array.from({ length }, () => (random() < 0.5 ? 0x61 : 0x62)));
  };
  const options = { ...plain, mostStates: 1000 };

  it("are matched in linear time, and in memory that the line's length does not change", () => {
    const line = randomBytes(1 << 20);
    const nodesWalked = (length: number) => {
      const scanner = scannerOf(hostile, options);
      let nodes = 0;
      watchCalls(
        NodeSteps.prototype,
        "step",
        () => scanner.matchLine(line.subarray(0, length)),
        (waiting) => (nodes += (waiting as NodeList).length),
      );
      expect(scanner.stateCount).to.be.at.most(1000);
      return nodes;
    };
    const [half, whole] = [nodesWalked(1 << 19), nodesWalked(1 << 20)];
    expect(whole / half).to.be.within(1.6, 2.4);
    expect(whole / line.length).to.be.within(20, 40);
  });

  it("do not slow the lines whose states are built", () => {
    const scanner = scannerOf(hostile, options);
    const ordinary = Array.from({ length: 200 }, (_, index) => `ordinary line ${index}`);
    verdicts(scanner, ordinary);
    verdicts(scanner, [randomBytes(10_000).toString()]);
    const calls = watchCalls(LineStates.prototype, "simulate", () => verdicts(scanner, ordinary));
    expect(calls).to.equal(0);
  });

  it("leave room for other lines once they have gone", () => {
    const scanner = scannerOf(hostile, options);
    verdicts(scanner, [randomBytes(100_000).toString()]);
    const ordinary = Array.from({ length: 5000 }, (_, index) => `ordinary line ${index}`);
    for (let i = 0; i < 8; i++) verdicts(scanner, ordinary);
    const calls = watchCalls(LineStates.prototype, "simulate", () => verdicts(scanner, ordinary));
    expect(calls).to.equal(0);
  });
});

describe("walking nodes", () => {
  it("goes on when the closures have been counted to the end", () => {
    const reader = new PatternReader("C");
    const program = new Program({ keepsGroups: false });
    const { tree } = reader.whole(reader.check(Buffer.from("((x*)*y)*$"), 0));
    const entry = program.continuation(tree, program.accept(0));
    const steps = new NodeSteps({ program, sides: sidesOfBytes("C"), hasWordAssertions: false });
    const simulation = new NodeSimulation({ steps, reentry: entry });
    const line = Buffer.from("xxyxxyzxyxyy");
    const matches = () => {
      simulation.begin();
      return simulation.matches(line, 0, 0, line.length);
    };
    expect(matches()).to.deep.equal([0]);
    Reflect.set(steps, "closure", 2 ** 31 - 5);
    for (let i = 0; i < 5; i++) expect(matches()).to.deep.equal([0]);
  });
});
