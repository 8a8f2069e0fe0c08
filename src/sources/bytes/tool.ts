/**
 * Runs a program for what it writes: a decompressor, journalctl.
 * Promise: how it ended is asked and not thrown, and a program that is not installed is named with its package.
 */
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { errorCode } from "../../std/system-error.js";

/** The program is not installed: the message names its package. */
export class MissingToolError extends Error {}

export interface Tool {
  readonly command: string;
  readonly arguments: readonly string[];
  /** Debian's package that has it. */
  readonly package: string;
}

export interface RunningTool {
  readonly output: Readable;
  /** Why the program failed, once it has ended: a MissingToolError, or an Error with its own first words. */
  readonly ended: Promise<Error | undefined>;
  /** What it has complained about so far: the first 4 KiB of its standard error, each character a byte. */
  complaint(): string;
  /** Ends the program, whatever it is doing, and waits for its end. */
  close(): Promise<void>;
}

/** How much of what a program complains about is kept, and how much is told as the reason of its failure, in characters. */
const complaintLimit = 4096;
const reasonLimit = 200;

/** Starts a program. `input` is a file descriptor, which stays the caller's; left out, there is nothing to read. */
export function startTool(tool: Tool, input: number | "ignore" = "ignore"): RunningTool {
  const child = spawn(tool.command, tool.arguments, { stdio: [input, "pipe", "pipe"] });
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error("bug: the child has no pipes");
  let complaint = "";
  stderr.on("data", (text: Buffer) => {
    complaint = (complaint + text.toString("latin1", 0, complaintLimit)).slice(0, complaintLimit);
  });
  const ended = new Promise<Error | undefined>((resolve) => {
    child.on("error", (error) => {
      const isMissing = errorCode(error) === "ENOENT";
      const what = `"${tool.command}" is not installed (package ${tool.package})`;
      resolve(isMissing ? new MissingToolError(what, { cause: error }) : error);
    });
    child.on("close", (code, signal) => {
      const words = complaint.trim().split("\n", 1)[0]?.slice(0, reasonLimit);
      resolve(code === 0 ? undefined : new Error(words || `ended with ${signal ?? code}`));
    });
  });
  return {
    output: stdout,
    ended,
    complaint: () => complaint,
    async close() {
      child.kill("SIGKILL");
      stdout.destroy();
      await ended;
    },
  };
}
