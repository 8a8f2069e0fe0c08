/**
 * A run in miniature on the real store: read on, commit twice, deliver.
 * Promise: what it does with lines is countable: every mail lists the lines it carries.
 */
import { deliverRound } from "../../src/outlets/deliver.js";
import type { Message, Transport } from "../../src/outlets/mail/message.js";
import type { Store } from "../../src/store/store.js";
import type { Stored } from "../../src/store/stored.js";
import { mailPayload, mailVia, unfinishedReport } from "./payloads.js";

export const now = new Date("2026-03-01T12:00:00Z");
const source = "/var/log/test.log";

/** How many lines had been read when the memory was last stored; undefined where it cannot be read. */
export function linesRemembered(store: Store): number | undefined {
  const read = store.memory("lines");
  if (read.kind === "nothing") return 0;
  return read.kind === "stored" ? Number(read.stored.data) : undefined;
}

/** What is read so far, as the state has it. */
export function linesRead(store: Store): number {
  const position = store.state.positions[source] as { readonly cursor: string } | undefined;
  return Number(position?.cursor ?? 0);
}

/**
 * Delivers what waits, then reads up to `available` lines: the first half goes into an unfinished report that is
 * committed alone, then the rest is read, two mails are spooled with a report file, and delivered.
 */
export async function smallRun(
  store: Store,
  available: readonly string[],
  transport: Transport,
): Promise<void> {
  await deliverRound(store.spool, store.spool.waiting(), [mailVia(transport)], { clock: () => now });
  const from = linesRead(store);
  const remembered = linesRemembered(store);
  if (remembered !== undefined && remembered !== from)
    throw new Error(`remembers ${remembered} lines, read ${from}: memory and state are not of one commit`);
  const fresh = available.slice(from);
  const carried = openLines(store);
  if (fresh.length === 0 && carried.length === 0) return;
  const half = Math.ceil(fresh.length / 2);
  const unfinished = [...carried, ...fresh.slice(0, half)];
  const toldNotices = {};
  store.commit(
    {
      positions: positionOf(from + half),
      memory: memoryOf(from + half),
      openReport: unfinishedReport(unfinished),
      payloads: [],
      toldNotices,
    },
    now,
  );
  const lines = [...openLines(store), ...fresh.slice(half)];
  const middle = Math.ceil(lines.length / 2);
  const payloads = [lines.slice(0, middle), lines.slice(middle)].map((part, index) =>
    mailPayload(mailOf(store, part, index)),
  );
  const reportFile = encodeLines(lines);
  store.commit(
    {
      positions: positionOf(from + fresh.length),
      payloads,
      reportFile,
      lastSuccess: now,
      toldNotices,
      memory: memoryOf(from + fresh.length),
    },
    now,
  );
  await deliverRound(store.spool, store.spool.waiting(), [mailVia(transport)], { clock: () => now });
}

/** The lines in a mail of `smallRun`. */
export function linesOf(bytes: Uint8Array): readonly string[] {
  return Buffer.from(bytes).toString().split(/\r?\n/).slice(1).filter(Boolean);
}

function positionOf(count: number): Record<string, { kind: "cursor"; cursor: string }> {
  return { [source]: { kind: "cursor", cursor: String(count) } };
}

function memoryOf(count: number): Record<string, Stored> {
  return { lines: { kind: "test", version: 1, data: count } };
}

function mailOf(store: Store, lines: readonly string[], part: number): Message {
  const head = `Message-ID: <${store.state.hostId}.${store.nextCommitNumber}.${part}@web1.example>`;
  return {
    envelope: { from: "logwinnow@web1.example", to: ["root@web1.example"] },
    bytes: Buffer.from(`${head}\r\n${lines.map((line) => `${line}\r\n`).join("")}`),
  };
}

function encodeLines(lines: readonly string[]): Uint8Array {
  return Buffer.from(`\n${lines.join("\n")}\n`);
}

function openLines(store: Store): readonly string[] {
  return (store.openReport()?.data ?? []) as readonly string[];
}
