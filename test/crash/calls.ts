/**
 * The system calls of a program, to be tampered with one by one.
 * Promise: they are those of the whole program, its threads and children among them, from the first to the last.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomStream } from "../support/seed.js";
import { statusOf, traced, type Command } from "./processes.js";

/** The call of this name that is the `count`-th of its thread, from 1. */
export interface Call {
  readonly name: string;
  readonly count: number;
}

/** Runs a program undisturbed and lists its calls, each name up to the most that one thread made. */
export async function callsOf(command: Command): Promise<readonly Call[]> {
  const directory = mkdtempSync(join(tmpdir(), "logwinnow-strace-"));
  try {
    const trace = join(directory, "trace");
    const status = await statusOf(traced(command, ["-o", trace]));
    if (status !== 0) throw new Error(`${command.argv.join(" ")}: exit status ${status}`);
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

/**
 * At least `size` of the calls: the last of each name (the first ones belong to the start of node), and random ones,
 * seeded. Names have equal shares of these: `mmap` is not more interesting than `rename`.
 */
export function sampleOf(calls: readonly Call[], size: number): readonly Call[] {
  const random = randomStream();
  const byName = new Map<string, Call[]>();
  for (const call of calls) byName.set(call.name, [...(byName.get(call.name) ?? []), call]);
  const groups = [...byName.values()];
  const chosen = new Set<Call>(groups.flatMap((group) => group.slice(-1)));
  const wanted = Math.min(Math.max(size, chosen.size), calls.length);
  while (chosen.size < wanted) {
    const group = groups[Math.floor(random() * groups.length)] ?? [];
    const call = group[Math.floor(random() * group.length)];
    if (call) chosen.add(call);
  }
  return [...chosen];
}
