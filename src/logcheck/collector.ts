/**
 * Where lines are gathered for logcheck's report.
 * Promise: what an interrupted run had gathered and stored is part of the next report.
 */
import type { KeptOfLog } from "./report/compose.js";
import type { Placement } from "./rules/sections.js";
import type { Desk, SelectedLine } from "../run/read.js";
import type { Notice } from "../std/notice.js";
import { lineText } from "../std/line-text.js";

/** What is stored of a report that goes on: plain JSON. */
export interface OpenLogcheckReport {
  /** Lines by log, in their order, without their newlines; bytes as latin1. */
  readonly lines: Readonly<Record<string, readonly string[]>>;
  readonly notices: readonly Notice[];
}

export interface LogcheckDesk extends Desk<Placement> {
  /** All lines so far, by log in the order in which they were read. */
  logs(): readonly KeptOfLog[];
  open(notices: readonly Notice[]): OpenLogcheckReport;
}

/** `placementOf` places the lines of a report that was begun earlier, by the rules of today. */
export function createLogcheckDesk(
  begun: OpenLogcheckReport | undefined,
  placementOf: (line: Uint8Array) => Placement,
): LogcheckDesk {
  const logs = new Map<string, { readonly text: string; readonly placement: Placement }[]>();
  const add = (source: string, text: string, placement: Placement): void => {
    const lines = logs.get(source) ?? [];
    logs.set(source, lines);
    lines.push({ text, placement });
  };
  for (const [source, lines] of Object.entries(begun?.lines ?? {}))
    for (const text of lines) add(source, text, placementOf(Buffer.from(text, "latin1")));
  return {
    take({ source, bytes, trueLengthBytes, verdict }: SelectedLine<Placement>) {
      const text = lineText(bytes);
      const cut = trueLengthBytes > bytes.length ? ` [cut: the line has ${trueLengthBytes} bytes]` : "";
      add(source, text + cut, verdict);
      return "reported";
    },
    logs: () =>
      [...logs].map(([name, lines]) => ({
        name,
        lines: lines.map(({ text, placement }) => ({ bytes: Buffer.from(text, "latin1"), placement })),
      })),
    open: (notices) => ({
      lines: Object.fromEntries([...logs].map(([name, lines]) => [name, lines.map(({ text }) => text)])),
      notices: [...(begun?.notices ?? []), ...notices],
    }),
  };
}
