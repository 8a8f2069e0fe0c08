/** Attempts of connections: bounded, and each once, whatever came between its lines. */
import { expect } from "chai";
import { LoginAttempts } from "../../src/group/login-attempts.js";

const entry = (process: number) => ({ procId: String(process), message: "" });
const failed = (address: string, attempts = 1) =>
  ({ kind: "refused", user: "root", address, attempts }) as const;

describe("attempts to log in", () => {
  it("count once where two sources tell of them, and once for a connection that is only announced", () => {
    const counter = new LoginAttempts();
    const told = (source: string, attempts: number): number =>
      counter.newIn(source, entry(7), failed("192.0.2.7", attempts));
    expect([told("auth.log", 0), told("auth.log", 1), told("auth.log", 1)]).to.deep.equal([1, 0, 1]);
    expect([told("journal", 1), told("journal", 1), told("journal", 1)]).to.deep.equal([0, 0, 1]);
  });

  it("are known again after thousands of other connections, and take linear time", () => {
    const counter = new LoginAttempts();
    const first = (): number => counter.newIn("auth.log", entry(1), failed("192.0.2.7", 0));
    expect(first()).to.equal(1);
    for (let process = 2; process < 9000; process++)
      counter.newIn("auth.log", entry(process), failed("192.0.2.8"));
    expect(first()).to.equal(0);
    const { user: beforeUs } = process.cpuUsage();
    for (let each = 0; each < 100_000; each++) counter.newIn("auth.log", entry(each), failed("192.0.2.9"));
    expect((process.cpuUsage().user - beforeUs) / 1e6).to.be.below(1.5);
  });
});
