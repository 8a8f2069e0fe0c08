import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { randomStream } from "../support/seed.js";
import { Sandbox } from "../support/cli.js";

/**
 * The scanner's memory grows with its states, and views of the memory before are useless then: filter once read the
 * lines that remain through such a view and died. Without WebAssembly (--jitless) nothing is detached: that run judges.
 */
describe("filter while the automaton grows", () => {
  let box: Sandbox;
  before(() => (box = new Sandbox()));
  after(() => box.remove());

  it("prints the same with and without WebAssembly", () => {
    const random = randomStream();
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    const proofs = readdirSync("test/rules", { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ignored|kept|never|violation)$/.test(name))
      .flatMap((name) => readFileSync(join("test/rules", name), "latin1").split("\n"))
      .filter((line) => line !== "" && !line.startsWith("#"));
    // Halves of different lines lead to places in the automaton where no real line has been.
    const lines = Array.from({ length: 30_000 }, () => {
      const [one, other] = [pick(proofs), pick(proofs)];
      const cut = Math.floor(random() * one.length);
      return random() < 0.3 ? one : one.slice(0, cut) + other.slice(cut);
    });
    const log = box.write("app.log", Buffer.from(`${lines.join("\n")}\n`, "latin1"));
    const filter = (...flags: readonly string[]): Buffer => {
      const args = [
        ...flags,
        resolve("dist/logwinnow.cjs"),
        "filter",
        "--no-cache",
        "--rules",
        resolve("."),
        log,
      ];
      const { stdout, status } = spawnSync(process.execPath, args, {
        env: box.environment,
        maxBuffer: 1 << 30,
      });
      expect(status).to.equal(0);
      return stdout;
    };
    const fast = filter();
    expect(fast.length).to.be.greaterThan(0);
    expect(fast.equals(filter("--jitless"))).to.equal(true);
  }).timeout(60_000);
});
