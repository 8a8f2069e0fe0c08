/**
 * Asks the host's own tools what only they know: date(1), hostname(1), locale(1), sort(1).
 * Promise: each is run without a shell, in the environment that logcheck would give it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The tool's standard output. Throws when it cannot be run or fails: the message names it. */
function outputOf(command: string, words: readonly string[], input?: Uint8Array): Buffer {
  const run = spawnSync(command, words, {
    ...(input ? { input } : {}),
    stdio: ["pipe", "pipe", "pipe"],
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  if (run.error) throw new Error(`${command}: cannot be run`, { cause: run.error });
  if (run.status !== 0)
    throw new Error(`${command}: exit status ${run.status ?? run.signal}: "${run.stderr.toString().trim()}"`);
  return run.stdout;
}

/** The date in a format of date(1), in the locale's words. */
export function dateText(format: string, isUtc: boolean): string {
  return outputOf("date", [...(isUtc ? ["--utc"] : []), `+${format}`])
    .toString()
    .replace(/\n+$/, "");
}

/** The host's name, with its domain or without; empty when hostname(1) cannot tell. */
export function hostname(isQualified: boolean): string {
  try {
    return outputOf("hostname", [isQualified ? "--fqdn" : "--short"])
      .toString()
      .trimEnd();
  } catch {
    return "";
  }
}

/** The name of the encoding that the locale's characters have; that of the C locale when the tool is missing. */
export function charmapName(): string {
  try {
    return outputOf("locale", ["charmap"]).toString().trimEnd();
  } catch {
    return "ANSI_X3.4-1968";
  }
}

/** Sorts lines, given and returned without their newlines, in the locale's order. */
export function systemSort(options: readonly string[], lines: readonly Uint8Array[]): Uint8Array[] {
  if (lines.length === 0) return [];
  const newline = Buffer.from("\n");
  const sorted = outputOf("sort", options, Buffer.concat(lines.flatMap((line) => [line, newline])));
  const result: Uint8Array[] = [];
  for (let start = 0; start < sorted.length;) {
    const end = sorted.indexOf(0x0a, start);
    result.push(sorted.subarray(start, end));
    start = end + 1;
  }
  return result;
}

/**
 * What syslog-summary makes of a section's lines, less its word about the file it read.
 * Undefined when it is not installed, fails or says nothing: the lines themselves must be shown then.
 */
export function summaryOf(program: string, lines: Uint8Array): Uint8Array | undefined {
  const directory = mkdtempSync(join(tmpdir(), "logwinnow-summary-"));
  try {
    const file = join(directory, "lines");
    writeFileSync(file, lines, { mode: 0o600 });
    const summary = outputOf(program, [file]).toString("latin1");
    const told = summary.replace(/^Summarizing .*\n?/gm, "");
    return told === "" ? undefined : Buffer.from(told, "latin1");
  } catch {
    return undefined;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
