/**
 * A run in miniature on the real vault: read on, commit twice, deliver.
 * Promise: what it does with lines is countable: every mail lists the lines it carries.
 */
import { deliverRound } from "../../src/mail/deliver.js";
import type { Message, Transport } from "../../src/mail/message.js";
import type { Vault } from "../../src/state/vault.js";

export const now = new Date("2026-03-01T12:00:00Z");
const source = "/var/log/test.log";

/** What is read so far, as the state has it. */
export function linesRead(vault: Vault): number {
  const position = vault.state.positions[source];
  return position?.kind === "cursor" ? Number(position.cursor) : 0;
}

/**
 * Delivers what waits, then reads up to `available` lines: the first half goes into an unfinished report that is
 * committed alone, then the rest is read, two mails are spooled with a full set, and delivered.
 */
export async function smallRun(
  vault: Vault,
  available: readonly string[],
  transport: Transport,
): Promise<void> {
  await deliverRound(vault.spool, vault.spool.waiting(), transport, () => now);
  const from = linesRead(vault);
  const fresh = available.slice(from);
  const carried = openLines(vault);
  if (fresh.length === 0 && carried.length === 0) return;
  const half = Math.ceil(fresh.length / 2);
  const unfinished = [...carried, ...fresh.slice(0, half)];
  const toldNotices = {};
  vault.commit(
    { positions: positionOf(from + half), openReport: encodeLines(unfinished), messages: [], toldNotices },
    now,
  );
  const lines = [...openLines(vault), ...fresh.slice(half)];
  const middle = Math.ceil(lines.length / 2);
  const messages = [lines.slice(0, middle), lines.slice(middle)].map((part) => mailOf(vault, part));
  const fullSet = encodeLines(lines);
  vault.commit(
    { positions: positionOf(from + fresh.length), messages, fullSet, lastSuccess: now, toldNotices },
    now,
  );
  await deliverRound(vault.spool, vault.spool.waiting(), transport, () => now);
}

/** The lines in a mail of `smallRun`. */
export function linesOf(bytes: Uint8Array): readonly string[] {
  return Buffer.from(bytes).toString().split("\n").slice(1).filter(Boolean);
}

function positionOf(count: number): Record<string, { kind: "cursor"; cursor: string }> {
  return { [source]: { kind: "cursor", cursor: String(count) } };
}

function mailOf(vault: Vault, lines: readonly string[]): Message {
  const head = `Message-ID: <${vault.state.hostId}.${vault.nextGeneration}>`;
  return {
    envelope: { from: "logwinnow@web1.example", to: ["root@web1.example"] },
    bytes: Buffer.from(`${head}\n${lines.join("\n")}\n`),
  };
}

function encodeLines(lines: readonly string[]): Uint8Array {
  return Buffer.from(`\n${lines.join("\n")}\n`);
}

function openLines(vault: Vault): readonly string[] {
  const report = vault.openReport();
  return report ? linesOf(report) : [];
}
