/**
 * Kills a program with signal 9 at one of its system calls, chosen by name and number.
 * Promise: the calls are those of the whole program, its children among them, from its first to its last.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomStream } from "../support/seed.js";

/** The K-th call of this name in any one thread or child. */
export interface KillPoint {
  readonly name: string;
  readonly count: number;
}

/** Runs a program to its end and lists every call as a point to kill it at. */
export async function killPointsOf(argv: readonly string[]): Promise<readonly KillPoint[]> {
  const directory = mkdtempSync(join(tmpdir(), "logwinnow-strace-"));
  try {
    const trace = join(directory, "trace");
    const status = await statusOf(["strace", "-f", "-qq", "-o", trace, ...argv]);
    if (status !== 0) throw new Error(`${argv.join(" ")}: exit status ${status}`);
    const counts = new Map<string, Map<string, number>>();
    for (const line of readFileSync(trace, "latin1").split("\n")) {
      const [, thread = "", name = ""] = /^(\d+) +([a-z][a-z0-9_]*)\(/.exec(line) ?? [];
      if (name === "") continue;
      const byThread = counts.get(name) ?? new Map<string, number>();
      byThread.set(thread, (byThread.get(thread) ?? 0) + 1);
      counts.set(name, byThread);
    }
    return [...counts].flatMap(([name, byThread]) =>
      Array.from({ length: Math.max(...byThread.values()) }, (_call, index) => ({ name, count: index + 1 })),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Runs a program and kills it there. Out: whether it was hit; a run may make fewer calls than the one that was listed. */
export async function killAt(argv: readonly string[], { name, count }: KillPoint): Promise<boolean> {
  const inject = `inject=${name}:signal=KILL:when=${count}`;
  const status = await statusOf([
    "strace",
    "-f",
    "-qq",
    "-o",
    "/dev/null",
    "-e",
    `trace=${name}`,
    "-e",
    inject,
    ...argv,
  ]);
  return status !== 0;
}

/** Runs a program with its results unseen. Out: its exit status, 128 + 9 for one that was killed. */
export async function statusOf(argv: readonly string[]): Promise<number> {
  const [program = "", ...rest] = argv;
  const child = spawn(program, rest, { stdio: "ignore" });
  const [status, signal] = (await once(child, "exit")) as [number | null, string | null];
  return signal === null ? (status ?? 0) : 137;
}

/**
 * At least `size` of the points, each name among them: its first call, its last, and random ones, seeded.
 * Names with many calls get no more than their share: `mmap` is not more interesting than `rename`.
 */
export function sampleOf(points: readonly KillPoint[], size: number): readonly KillPoint[] {
  const random = randomStream();
  const byName = grouped(points);
  const chosen = new Set<KillPoint>();
  for (const calls of byName.values())
    for (const point of [calls.at(-1), calls[0]]) if (point) chosen.add(point);
  const groups = [...byName.values()];
  const wanted = Math.min(Math.max(size, chosen.size), points.length);
  while (chosen.size < wanted) {
    const calls = groups[Math.floor(random() * groups.length)] ?? [];
    const point = calls[Math.floor(random() * calls.length)];
    if (point) chosen.add(point);
  }
  return [...chosen];
}

function grouped(points: readonly KillPoint[]): Map<string, KillPoint[]> {
  const groups = new Map<string, KillPoint[]>();
  for (const point of points) groups.set(point.name, [...(groups.get(point.name) ?? []), point]);
  return groups;
}

/** Whether this machine lets a process trace another. */
export function canTrace(): boolean {
  return spawnSync("strace", ["-qq", "-o", "/dev/null", "true"]).status === 0;
}
