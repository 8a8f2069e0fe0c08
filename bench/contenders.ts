/**
 * What is measured: each contender is one way to drop the lines that some rule matches.
 * Promise: each runs as a user would start it, its output goes to a file, and its start-up is part of its time, but for
 * those that say that they match in memory.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { timedProcess, type Measurement } from "./timed-process.js";

export interface Contender {
  readonly name: string;
  readonly run: () => Measurement;
}

export interface Files {
  readonly log: string;
  /** The first 1,000 lines of the log, and a file of nothing. */
  readonly fewLines: string;
  readonly empty: string;
  /** A directory of one file, the rules; the file; and the rules as RE2 and ripgrep write them. */
  readonly rulesDirectory: string;
  readonly rules: string;
  readonly re2Rules: string;
  readonly cache: string;
  readonly re2Set: string;
  /** Where a contender's output goes, and is left. */
  readonly output: string;
}

export function contenders(files: Files): Contender[] {
  const wholeProcess = (name: string, ...command: readonly string[]): Contender => ({
    name,
    run: () => timed(files, command),
  });
  const command = [process.execPath, "dist/logwinnow.cjs", "filter", "--locale", "C"];
  const filter = (name: string, log: string, ...options: readonly string[]): Contender =>
    wholeProcess(name, ...command, ...options, "--rules", files.rulesDirectory, log);
  const inMemory = (name: string, ...command: readonly string[]): Contender => ({
    name,
    run: () => ({ seconds: matchSeconds(command) }),
  });
  rmSync(files.cache, { recursive: true, force: true });
  return [
    wholeProcess("ripgrep", "rg", "-v", "-a", "--no-unicode", "-f", files.re2Rules, files.log),
    filter("ours, not cached", files.log, "--no-cache"),
    filter("ours, cached", files.log),
    inMemory("RE2::Set, in memory", files.re2Set, files.re2Rules, files.log),
    inMemory("RE2::Set with ids, in memory", files.re2Set, files.re2Rules, files.log, "ids"),
    inMemory("ours with rules and counts, in memory", ...steady(files)),
    filter("ours, cached, 1,000 lines", files.fewLines),
    filter("ours, cached, an empty file", files.empty),
    wholeProcess("node -e 0", process.execPath, "-e", "0"),
  ];
}

/** grep takes minutes for a megabyte, so it gets a sample. */
export function grepOf(sample: string, files: Files): Contender {
  const command = ["grep", "-E", "-v", "--text", "-f", files.rules, sample];
  return { name: "grep -E -v -f", run: () => timed(files, command) };
}

function steady({ rules, log }: Files): string[] {
  return [process.execPath, "build/bench/steady.js", rules, log];
}

function timed({ output, cache }: Files, command: readonly string[]): Measurement {
  const env = { PATH: process.env.PATH, LC_ALL: "C", CACHE_DIRECTORY: cache };
  return timedProcess({ command, env, output });
}

/** Of a program that times itself. NaN where it is not to be had. */
function matchSeconds([program = "", ...options]: readonly string[]): number {
  const { status, stdout } = spawnSync(program, options, { encoding: "utf8" });
  return status === 0 ? (JSON.parse(stdout) as { matchSeconds: number }).matchSeconds : NaN;
}
