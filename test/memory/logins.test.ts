/** What is remembered of logins is bounded, and errs towards forgetting. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { LoginMemory } from "../../src/memory/logins.js";
import { decodeStored, encodeStored, type Stored } from "../../src/store/stored.js";

const now = new Date("2026-11-27T12:00:00Z");
const nowMs = now.getTime();

const isSmall = (refused: object): boolean => Object.keys(refused).length <= 2000;

function again(memory: LoginMemory): LoginMemory {
  const stored: Stored | undefined = memory.toRemember(now)["logins"];
  return new LoginMemory(
    stored ? { kind: "stored", stored: decodeStored(encodeStored(stored)) } : { kind: "nothing" },
  );
}

describe("the memory of logins", () => {
  it("knows version 1, and takes nothing from a later one", () => {
    const stored = decodeStored(readFileSync("test/store/versions/logins-1.json"));
    const memory = new LoginMemory({ kind: "stored", stored });
    expect(memory.usualPerHour()).to.equal(4);
    expect(memory.before("203.0.113.5", nowMs)).to.deep.equal({
      attempts: 12,
      firstMs: nowMs - 7_200_000,
      lastMs: nowMs - 3_600_000,
      user: "root",
    });
    const later = new LoginMemory({ kind: "stored", stored: { ...stored, version: 2 } });
    expect(later.before("203.0.113.5", nowMs)).to.equal(undefined);
  });

  it("forgets after a day, and stores nothing where nothing was said", () => {
    const memory = new LoginMemory({ kind: "nothing" });
    expect(memory.toRemember(now)).to.deep.equal({});
    memory.refuse("203.0.113.5", "root", 2, nowMs - 90_000_000);
    memory.refuse("192.0.2.7", "root", 2, nowMs - 9000);
    memory.refuse("192.0.2.7", "admin", 1, nowMs - 1000);
    const read = again(memory);
    expect(read.before("203.0.113.5", nowMs)).to.equal(undefined);
    expect(read.before("192.0.2.7", nowMs)).to.deep.equal({
      attempts: 3,
      firstMs: nowMs - 9000,
      lastMs: nowMs - 1000,
    });
    expect(read.before("192.0.2.7", nowMs + 90_000_000)).to.equal(undefined);
  });

  it("keeps whoever was refused most, whatever number of others come before and after", () => {
    const memory = new LoginMemory({ kind: "nothing" });
    const flood = (start: number): void => {
      for (let index = start; index < start + 20_000; index++)
        memory.refuse(`2001:db8::${index.toString(16)}`, "root", 1, nowMs - 1000);
    };
    flood(0);
    memory.refuse("203.0.113.5", "root", 5, nowMs - 900);
    flood(20_000);
    const stored = memory.toRemember(now)["logins"];
    expect(stored).to.have.nested.property("data.refused").that.satisfies(isSmall);
    expect(again(memory).before("203.0.113.5", nowMs)?.attempts).to.equal(5);
  });
});
