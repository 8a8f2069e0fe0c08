/**
 * Delivers through the local sendmail program.
 * Promise: delivered means that it ended by itself with status 0; every other end keeps the mail.
 */
import { spawn } from "node:child_process";
import { systemReason } from "../../std/system-error.js";
import { escaped } from "../../std/escape.js";
import type { Delivery } from "../../store/payload.js";
import type { Message, Transport } from "./message.js";

export interface SendmailSettings {
  /** Absolute path of the program. */
  readonly program: string;
  readonly deadlineMs: number;
}

/** sysexits.h: EX_USAGE, EX_DATAERR, EX_NOUSER. Another try would end the same. */
const permanentStatuses: ReadonlySet<number> = new Set([64, 65, 67]);
/** Enough to find the last line in. */
const keptErrorBytes = 4096;

export function sendmailTransport({ program, deadlineMs }: SendmailSettings): Transport {
  return (message, signal) => runSendmail(program, message, deadlineMs, signal);
}

function runSendmail(
  program: string,
  { envelope, bytes }: Message,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<Delivery> {
  const remaining = envelope.to;
  return new Promise((resolve) => {
    const deferred = (reason: string): void =>
      resolve({ outcome: "deferred", reason: `${program}: ${reason}`, remaining });
    const child = spawn(program, ["-i", "-f", envelope.from, "--", ...envelope.to], {
      stdio: ["pipe", "ignore", "pipe"],
    });
    let errorBytes = Buffer.alloc(0);
    const stop = (reason: string): void => {
      child.kill("SIGKILL");
      // A grandchild may hold the pipe open for ever: do not wait for it.
      child.stderr.destroy();
      child.stdin.destroy();
      child.unref();
      settle();
      deferred(reason);
    };
    const deadline = setTimeout(() => stop(`no end after ${deadlineMs / 1000} s: stopped`), deadlineMs);
    const end = (): void => stop("the run was ended: stopped");
    signal?.addEventListener("abort", end, { once: true });
    const settle = (): void => {
      clearTimeout(deadline);
      signal?.removeEventListener("abort", end);
    };
    child.stderr.on("data", (chunk: Buffer) => {
      errorBytes = Buffer.concat([errorBytes, chunk]).subarray(-keptErrorBytes);
    });
    // The program may end without reading: its status says what that means.
    child.stdin.on("error", () => undefined);
    child.on("error", (error) => {
      settle();
      deferred(systemReason(error));
    });
    child.on("close", (status, signal) => {
      settle();
      const words = lastLine(errorBytes);
      if (signal !== null) deferred(`ended by ${signal}${words}`);
      else if (status === 0) resolve({ outcome: "delivered" });
      else if (permanentStatuses.has(status ?? 0))
        resolve({ outcome: "refused", reason: `${program}: exit status ${status}${words}`, remaining });
      else deferred(`exit status ${status}${words}`);
    });
    // Programs of this name take lines as the system has them, and restore the CRLF themselves.
    child.stdin.end(Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1");
  });
}

/** `: "…"` with what the program said last, if it said anything. */
function lastLine(errorBytes: Buffer): string {
  const line = errorBytes.toString("latin1").trimEnd().split("\n").at(-1) ?? "";
  return line === "" ? "" : `: "${escaped(line.slice(0, 300))}"`;
}
