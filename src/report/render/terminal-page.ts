/**
 * A report as a terminal shows it: the page of a mail, with columns where a terminal keeps them, bars and strips.
 * Promise: all that the outline has is there, news first, whatever the width.
 */
import type { Outline } from "../outline/outline.js";
import type { Hour } from "./html/page/chart.js";
import { ledgerTable } from "./ledger-rows.js";
import { factRuns, pageOf, type OwnParts } from "./outline-page.js";
import { Page, runsOf, type Block, type Cell } from "./page.js";
import { countOf, formatCount, volumeWords } from "./wording.js";
import type { Paint, Run } from "./wrap.js";

/** In: an outline, and the hours of the chart, the last one the report's own. */
export function terminalPage(outline: Outline, hours: readonly Hour[]): readonly Block[] {
  const parts: OwnParts = {
    top,
    alarmRows,
    timeline,
    logins,
    volume: (page, each) => {
      strips(page, hours);
      volume(page, each);
    },
    ledger: (page, { ledger }) => ledgerTable(page, ledger),
    actions,
  };
  return pageOf(outline, parts);
}

const plain = { isHeadWhole: false, hasNames: false, isFlowing: false } as const;
const cell = (text: string, paint?: Paint): Cell => (paint === undefined ? [{ text }] : [{ text, paint }]);

const drawn = (text: string, paint: Paint): Cell => [{ text, paint, isDrawn: true }];

function top(page: Page, { urgency, verdict, host, period }: Outline): void {
  const { title, facts, lead, rest, notes } = verdict;
  const isAlarm = urgency === "alarm";
  page.words([
    ...(isAlarm ? [{ text: "ALARM", paint: "alarm" } as const, { text: " on " }] : []),
    { text: host, paint: "strong" },
    { text: `, ${period.words}` },
  ]);
  page.words([{ text: title, paint: isAlarm ? "alarm" : "strong" }]);
  if (facts !== "") page.words([{ text: facts, paint: "strong" }]);
  if (lead !== "") page.words(lead);
  if (rest !== "") page.words([{ text: rest, paint: "quiet" }]);
  for (const note of notes) page.phrase(note);
}

function alarmRows(page: Page, { alarmRows: { rows, rules, more } }: Outline): void {
  if (rows.length + rules.length === 0) return;
  page.heading("ALARMS", rows.length > 1 ? `${countOf(rows.length, "kind")}, rarest first` : "");
  page.table({
    ...plain,
    indent: 0,
    headColumns: 2,
    align: ["left", "left", "left"],
    isFlowing: true,
    rows: rows.map(({ id, name, count, facts }) => {
      const times: Run = { text: count > 1 ? ` x${formatCount(count)}` : "", paint: "strong" };
      return [cell(id, "quiet"), [...runsOf(name, "strong"), times], factRuns(facts, "alarm")];
    }),
  });
  for (const { name, facts } of rules) page.phrase([...name, `: ${facts}`], "  ", "    ");
  if (more !== undefined) page.words(more, "  ", "    ");
}

function timeline(page: Page, { timeline: { rows, more } }: Outline): void {
  if (rows.length === 0) return;
  page.heading("IN ORDER", "all sources");
  page.table({
    ...plain,
    indent: 0,
    headColumns: 2,
    align: ["left", "left", "left"],
    isFlowing: true,
    rows: rows.map(({ time, id = "", what }) => [
      cell(time, "quiet"),
      cell(id, "quiet"),
      cell(what, id === "" ? undefined : "strong"),
    ]),
  });
  if (more !== undefined) page.words(more, "  ");
}

const barColumns = 20;

function logins(page: Page, { logins: counted }: Outline): void {
  if (counted === undefined) return;
  const { sentence, letIn, addresses, users } = counted;
  page.heading("LOGINS");
  page.words(sentence, "  ");
  for (const one of letIn) page.words([{ text: one, paint: "alarm" }], "  ");
  const most = Math.max(1, ...addresses.rows.map(({ count }) => count));
  page.table({
    ...plain,
    indent: 2,
    headColumns: 1,
    align: ["left", "right", "left", "left"],
    isFlowing: true,
    rows: addresses.rows.map(({ address, count, letInAt, note }) => {
      const bar = "█".repeat(Math.max(1, Math.round((count / most) * barColumns)));
      const letIn: Cell = letInAt === undefined ? [] : cell(`let in at ${letInAt}`, "alarm");
      const from: Cell = note === undefined ? [] : cell(note.quoted, "quiet");
      const between: Cell = letIn.length > 0 && from.length > 0 ? cell(", ") : [];
      return [cell(address), cell(formatCount(count)), drawn(bar, "figure"), [...letIn, ...between, ...from]];
    }),
  });
  if (addresses.more !== undefined) page.words(addresses.more, "  ");
  if (users) page.phrase(users, "  ", "     ");
}

const layers = [
  { layer: "never", name: "alarm", paint: "alarm" },
  { layer: "violation", name: "violation", paint: "violation" },
  { layer: "remainder", name: "other", paint: "figure" },
  { layer: "ignored", name: "ignored", paint: "quiet" },
] as const;

const heights = "▁▂▃▄▅▆▇█";

/** A strip for each layer. Each has a scale of its own, so that one alarm is seen beside thousands of ignored lines. */
function strips(page: Page, hours: readonly Hour[]): void {
  if (hours.length < 2) return;
  page.heading("LINES AN HOUR", `${countOf(hours.length, "hour")}, each layer on its own scale`);
  page.table({
    ...plain,
    indent: 2,
    headColumns: 1,
    align: ["left", "left", "right"],
    rows: layers.map(({ layer, name, paint }) => {
      const counts = hours.map((hour) => hour[layer]);
      const most = Math.max(1, ...counts);
      const strip = counts.map((count) =>
        count === 0 ? " " : (heights[Math.ceil((count / most) * 8) - 1] ?? ""),
      );
      return [cell(name), drawn(strip.join(""), paint), cell(formatCount(counts.at(-1) ?? 0))];
    }),
  });
}

function volume(page: Page, { volume: { rows, more } }: Outline): void {
  if (rows.length === 0) return;
  page.heading("VOLUME", "lines an hour");
  page.table({
    ...plain,
    indent: 2,
    headColumns: 1,
    align: ["left", "left", "left"],
    isFlowing: true,
    rows: rows.map((row) => [cell(row.what.quoted), cell(row.change, "violation"), cell(volumeWords(row))]),
  });
  if (more !== undefined) page.words(more, "  ");
}

function actions(page: Page, { actions: { heading, rows } }: Outline): void {
  if (rows.length === 0) return;
  page.gap();
  page.words([{ text: heading, paint: "strong" }]);
  page.table({
    indent: 2,
    headColumns: 1,
    align: ["left", "left"],
    isHeadWhole: true,
    hasNames: false,
    isFlowing: true,
    rows: rows.map(({ command, does }) => [cell(command), cell(does, "quiet")]),
  });
}
