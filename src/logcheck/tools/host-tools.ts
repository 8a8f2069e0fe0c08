/**
 * Asks the host's tools what only they know: date(1), hostname(1), locale(1), sort(1), syslog-summary(1).
 * Promise: each runs without a shell, in the environment that logcheck would give it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The tool's standard output. Throws an error that names the tool when it cannot be run or fails. */
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

/** The date in a format of date(1), in the locale's language. */
export function dateText(format: string, isUtc: boolean): string {
  return outputOf("date", [...(isUtc ? ["--utc"] : []), `+${format}`])
    .toString()
    .replace(/\n+$/, "");
}

/** The host's name, with or without its domain; empty when hostname(1) fails. */
export function hostname(isQualified: boolean): string {
  try {
    return outputOf("hostname", [isQualified ? "--fqdn" : "--short"])
      .toString()
      .trimEnd();
  } catch {
    return "";
  }
}

/** The name of the locale's encoding; that of the C locale when the tool is missing. */
export function charmapName(): string {
  try {
    return outputOf("locale", ["charmap"]).toString().trimEnd();
  } catch {
    return "ANSI_X3.4-1968";
  }
}

/** Sorts lines in the locale's order. In and out: lines without their newlines. */
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
 * syslog-summary's output for a section's lines, without its line about the file it read.
 * Undefined when it is not installed, fails or prints nothing: then the lines themselves must be shown.
 */
export function summaryOf(program: string, lines: Uint8Array): Uint8Array | undefined {
  const directory = mkdtempSync(join(tmpdir(), "logwinnow-summary-"));
  try {
    const file = join(directory, "lines");
    writeFileSync(file, lines, { mode: 0o600 });
    const output = outputOf(program, [file]).toString("latin1");
    const text = output.replace(/^Summarizing .*\n?/gm, "");
    return text === "" ? undefined : Buffer.from(text, "latin1");
  } catch {
    return undefined;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
