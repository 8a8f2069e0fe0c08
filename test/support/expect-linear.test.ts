import { expect } from "chai";
import { expectLinear } from "./expect-linear.js";

/** Work that takes so many steps. */
function spin(steps: number): number {
  let sum = 0;
  for (let step = 0; step < steps; step++) sum = (sum + step * 7) | 0;
  return sum;
}

describe("expectLinear", () => {
  const passing: Readonly<Record<string, (size: number) => number>> = {
    "constant work": () => 10_000,
    "linear work": (size) => 100 * size,
    "n log n": (size) => 10 * size * Math.log2(size),
  };
  for (const [title, stepsFor] of Object.entries(passing))
    it(`lets ${title} pass`, () => expectLinear(title, (size) => () => spin(stepsFor(size)), 2_000));

  it("lets asynchronous work pass, too", async () => {
    const linear = (size: number) => async () => {
      for (let turn = 0; turn < 4; turn++) {
        spin(25 * size);
        await Promise.resolve();
      }
    };
    await expectLinear("by turns", linear, 2_000);
  });

  it("does not let quadratic work pass", async () => {
    const failure = await failureOf(expectLinear("pairs", (size) => () => spin((size * size) / 2), 1_000));
    expect(failure).to.match(/^pairs: 4 times the input takes .* is not linear$/);
  });

  it("nor an expression that goes back for each byte", async () => {
    const backtracking = (size: number) => {
      const line = "a".repeat(size);
      return () => /a*b/.test(line);
    };
    expect(await failureOf(expectLinear("a*b", backtracking, 500))).to.match(/is not linear$/);
  });

  it("is not misled by runs that the machine held up", async () => {
    let turn = 0;
    // Every other run of both sizes is held up for twenty times as long as the work takes.
    const heldUp = (size: number) => () => spin((turn++ % 4 < 2 ? 2_000 * 2_000 : 0) + 100 * size);
    await expectLinear("held up", heldUp, 2_000);
  });
});

async function failureOf(outcome: Promise<void>): Promise<string> {
  try {
    await outcome;
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}
