/**
 * Runs a mailer program once, with a mail on its standard input.
 * Promise: it is known whether the program read the whole mail, and what it said is kept within bounds. Never throws.
 */
import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import type { Duplex } from "node:stream";
import { escaped } from "../../std/text/escape.js";
import { systemReason } from "../../std/system-error.js";

/** How the program ended. `words` is what it wrote to standard error: `: "…", "…"`, or nothing. */
export type MailerEnd =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly isWholeRead: boolean;
      readonly words: string;
    }
  | { readonly kind: "signal"; readonly signal: string; readonly words: string }
  /** It could not be started, or was stopped. */
  | { readonly kind: "failed"; readonly reason: string };

export interface MailerRun {
  /** Absolute path of the program. */
  readonly program: string;
  readonly args: readonly string[];
  readonly input: Uint8Array;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

/** Of standard error these are kept: the first and the last bytes, since a mailer's reason is often not in the last line. */
const keptHeadBytes = 2048;
const keptTailBytes = 2048;
const maxShownLines = 20;
const maxLineCharacters = 300;

/**
 * The mail goes through descriptor 3, which Node opens in both directions: when the program ends with unread bytes, the
 * kernel says so on our side (ECONNRESET), however small the mail is. A write alone succeeds once the bytes are buffered.
 */
const readFromThree = 'exec "$0" "$@" <&3 3<&-';

export function runMailer({ program, args, input, deadlineMs, signal }: MailerRun): Promise<MailerEnd> {
  const unfit = reasonNotToRun(program);
  if (unfit !== undefined) return Promise.resolve({ kind: "failed", reason: unfit });
  return new Promise((resolve) => {
    const child = spawn("/bin/sh", ["-c", readFromThree, program, ...args], {
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    });
    // Always there: the fourth descriptor is a pipe.
    const mail = child.stdio[3] as Duplex;
    const errors = child.stderr;
    const said = new BoundedBytes();
    let [isSent, isReadToEnd] = [false, false];
    const settle = (end: MailerEnd): void => {
      clearTimeout(deadline);
      signal?.removeEventListener("abort", onAbort);
      resolve(end);
    };
    const stop = (reason: string): void => {
      child.kill("SIGKILL");
      // A grandchild may hold the pipes open for ever: do not wait for it.
      errors?.destroy();
      mail.destroy();
      child.unref();
      settle({ kind: "failed", reason });
    };
    const deadline = setTimeout(() => stop(`no end after ${deadlineMs / 1000} s: stopped`), deadlineMs);
    const onAbort = (): void => stop("the run was ended: stopped");
    signal?.addEventListener("abort", onAbort, { once: true });
    errors?.on("data", (chunk: Buffer) => said.add(chunk));
    child.on("error", (error) => settle({ kind: "failed", reason: systemReason(error) }));
    child.on("close", (status, endSignal) => {
      const words = quotedLines(said);
      if (status === null) settle({ kind: "signal", signal: endSignal ?? "a signal", words });
      else settle({ kind: "status", status, isWholeRead: isSent && isReadToEnd, words });
    });
    mail.on("finish", () => (isSent = true));
    mail.on("end", () => (isReadToEnd = true));
    // The program ended without reading all: `isWholeRead` stays false.
    mail.on("error", () => undefined);
    mail.resume();
    mail.end(input);
  });
}

/** Asked before, since the shell would only say 126 or 127. */
function reasonNotToRun(program: string): string | undefined {
  try {
    accessSync(program, constants.X_OK);
    return statSync(program).isFile() ? undefined : "is not a file (EACCES)";
  } catch (error) {
    return systemReason(error);
  }
}

/** The first and the last bytes of a stream. */
class BoundedBytes {
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #leftOut = 0;

  add(chunk: Buffer): void {
    const room = keptHeadBytes - this.#head.length;
    this.#head = Buffer.concat([this.#head, chunk.subarray(0, room)]);
    const tail = Buffer.concat([this.#tail, chunk.subarray(room)]);
    this.#leftOut += Math.max(0, tail.length - keptTailBytes);
    this.#tail = tail.subarray(-keptTailBytes);
  }

  /** As latin1. Where bytes are missing, a line says how many. */
  text(): string {
    const gap = this.#leftOut === 0 ? "" : `\n[${this.#leftOut} bytes left out]\n`;
    return `${this.#head.toString("latin1")}${gap}${this.#tail.toString("latin1")}`;
  }
}

function quotedLines(said: BoundedBytes): string {
  const lines = said
    .text()
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
  const shown =
    lines.length <= maxShownLines
      ? lines
      : [
          ...lines.slice(0, maxShownLines / 2),
          `[${lines.length - maxShownLines} lines left out]`,
          ...lines.slice(-maxShownLines / 2),
        ];
  const quoted = shown.map((line) => `"${escaped(line.slice(0, maxLineCharacters))}"`);
  return quoted.length === 0 ? "" : `: ${quoted.join(", ")}`;
}
