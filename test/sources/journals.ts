/** Builds real journals. Promise: made by systemd itself from an export, entry by entry as the test says. */
import { execFileSync } from "node:child_process";

/** systemd's own importer. */
export const remote = "/lib/systemd/systemd-journal-remote";

export interface EntrySpec {
  /** Seconds after noon of 22 November 2026 UTC. */
  readonly number: number;
  readonly boot?: string;
  readonly fields: Readonly<Record<string, string | Buffer>>;
}

const noonMicroseconds = Date.parse("2026-11-22T12:00:00Z") * 1000;

/** The entries in the export format; values with newlines or as buffers in its binary form. */
export function exportOf(entries: readonly EntrySpec[]): Buffer {
  return Buffer.concat(
    entries.flatMap(({ number, boot, fields }) => [
      Buffer.from(
        `__REALTIME_TIMESTAMP=${noonMicroseconds + number * 1_000_000}\n` +
          `__MONOTONIC_TIMESTAMP=${10_000_000_000 + number * 1_000_000}\n` +
          `_BOOT_ID=${boot ?? "0f0e0d0c0b0a09080706050403020100"}\n`,
      ),
      ...Object.entries({ _HOSTNAME: "web1", SYSLOG_IDENTIFIER: "app", _PID: "9", ...fields }).map(
        ([name, value]) => fieldOf(name, value),
      ),
      Buffer.from("\n"),
    ]),
  );
}

function fieldOf(name: string, value: string | Buffer): Buffer {
  if (typeof value === "string" && !value.includes("\n")) return Buffer.from(`${name}=${value}\n`);
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([Buffer.from(`${name}\n`), length, bytes, Buffer.from("\n")]);
}

export function importJournal(path: string, entries: Buffer): void {
  execFileSync(remote, ["--output", path, "-"], { input: entries, stdio: ["pipe", "pipe", "pipe"] });
}
