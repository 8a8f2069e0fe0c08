/** What the model disk takes for granted, seen on the real one: bytes are synced before their name, names before the next step. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { expect } from "chai";
import { needsTool } from "../support/tools.js";
import { canTrace, statusOf, traced } from "./processes.js";
import { makeStoreWorld } from "./store-world.js";
import type { World } from "./world.js";

/** A call on the state directory: what was done, and the path that it was done to. */
interface DiskCall {
  readonly kind: "fsync" | "rename" | "unlink";
  readonly path: string;
  /** The path before a rename. */
  readonly from: string;
}

describe("the order of a commit on the real disk", function () {
  this.timeout(60_000);
  let world: World;
  let directory: string;
  before(async function () {
    needsTool(this, "strace", "flock");
    if (!canTrace()) this.skip();
    directory = mkdtempSync(join(tmpdir(), "logwinnow-order-"));
    world = await makeStoreWorld();
    world.startAgain();
  });
  after(() => {
    world?.remove();
    if (directory) rmSync(directory, { recursive: true });
  });

  it("every file is synced before it gets its name, and every name before the state moves on", async () => {
    const trace = join(directory, "trace");
    const only = ["-y", "-e", "trace=fsync,rename,renameat2,unlink", "-o", trace];
    expect(await statusOf(traced(world.command, only))).to.equal(0);
    const calls = readFileSync(trace, "utf8")
      .split("\n")
      .flatMap(diskCall)
      .filter(({ path }) => path.startsWith(world.stateDirectory));
    const stateRenames = calls.filter(
      ({ kind, path }) => kind === "rename" && basename(path) === "state.json",
    );
    expect(stateRenames, "two commits").to.have.length(2);
    for (const [index, { kind, path, from }] of calls.entries()) {
      if (kind !== "rename") continue;
      const earlier = calls.slice(0, index);
      const isOldFile = basename(path) === "state.json.prev";
      if (!isOldFile)
        expect(
          earlier.some((call) => call.kind === "fsync" && call.path === from),
          `${from} synced`,
        ).to.equal(true);
      const later = calls.slice(index + 1);
      const synced = later.findIndex((call) => call.kind === "fsync" && call.path === dirname(path));
      const nextState = later.findIndex(
        (call) => call.kind === "rename" && basename(call.path) === "state.json",
      );
      expect(synced, `the name ${path} is synced`).to.be.at.least(0);
      if (nextState >= 0 && !isOldFile)
        expect(synced, `${path} is durable before the state says so`).to.be.lessThan(nextState);
    }
  });
});

function diskCall(line: string): readonly DiskCall[] {
  const [, synced] = /fsync\(\d+<([^>]+)>\)\s+= 0/.exec(line) ?? [];
  if (synced !== undefined) return [{ kind: "fsync", path: synced, from: "" }];
  const [, from, to] = /rename(?:at2)?\("([^"]+)", "([^"]+)"\)\s+= 0/.exec(line) ?? [];
  if (from !== undefined && to !== undefined) return [{ kind: "rename", path: to, from }];
  const [, removed] = /unlink\("([^"]+)"\)\s+= 0/.exec(line) ?? [];
  return removed === undefined ? [] : [{ kind: "unlink", path: removed, from: "" }];
}
