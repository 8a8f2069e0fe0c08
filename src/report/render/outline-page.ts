/**
 * Makes a page of an outline, from top to bottom: the text of a mail, and what a terminal shows.
 * Promise: everything that the outline has is there, in its order.
 */
import type { Evidence } from "../outline/kind/evidence.js";
import type { KindBlock, KindSection, Outline } from "../outline/outline.js";
import type { Fact, OutlineKind, Phrase } from "../outline/parts.js";
import { ledgerRows } from "./ledger-rows.js";
import { Page, runsOf, type Block } from "./page.js";
import { countOf, formatCount, volumeWords } from "./wording.js";
import type { Paint, Run } from "./wrap.js";

/** The kinds alone. */
export function kindsPage({ alarms, look }: Outline): readonly Block[] {
  const page = new Page();
  kindSection(page, "ALARMS", alarms, "alarm");
  kindSection(page, "OTHERS", look, "new");
  return page.blocks;
}

type Part = (page: Page, outline: Outline) => void;

/** What each form sets in its own way. */
export type OwnParts = Readonly<
  Record<"top" | "alarmRows" | "timeline" | "logins" | "volume" | "ledger" | "actions", Part>
>;

/** The parts as a mail has them, where columns of figures break. */
const mailParts: OwnParts = {
  top,
  alarmRows,
  timeline,
  logins,
  volume,
  ledger: (page, { ledger }) => ledgerRows(page, ledger),
  actions,
};

export function pageOf(outline: Outline, own: OwnParts = mailParts): readonly Block[] {
  const page = new Page();
  own.top(page, outline);
  own.alarmRows(page, outline);
  notSeen(page, outline);
  own.timeline(page, outline);
  kindSection(page, "THE ALARMS", outline.alarms, "alarm");
  kindSection(page, "WORTH A LOOK", outline.look, "new");
  byProgram(page, outline);
  known(page, outline.known);
  inventory(page, outline);
  own.logins(page, outline);
  own.volume(page, outline);
  ignored(page, outline);
  own.ledger(page, outline);
  own.actions(page, outline);
  closing(page, outline);
  return page.blocks;
}

function top(page: Page, { urgency, verdict, host, period }: Outline): void {
  const { title, facts, lead, rest, notes } = verdict;
  const isAlarm = urgency === "alarm";
  page.words([
    ...(isAlarm ? [{ text: "ALARM: ", paint: "alarm" } as const] : []),
    { text: title, paint: isAlarm ? "alarm" : "strong" },
    { text: facts === "" ? "" : `, ${facts}` },
    { text: isAlarm ? "" : "." },
  ]);
  page.words(`${host}, ${period.words}`);
  const sentences = [lead, rest].filter((sentence) => sentence !== "");
  if (sentences.length + notes.length === 0) return;
  page.gap();
  for (const sentence of sentences) page.words(sentence);
  for (const note of notes) page.phrase(note);
}

function alarmRows(page: Page, { alarmRows: { rows, rules, more } }: Outline): void {
  if (rows.length + rules.length === 0) return;
  page.heading("ALARMS");
  for (const kind of rows) kindHead(page, kind, "alarm");
  for (const { name, facts } of rules) page.phrase([...name, `: ${facts}`], "  ", "    ");
  if (more !== undefined) page.words(more, "  ", "    ");
}

/** Id, name and count, and below them the facts. */
function kindHead(page: Page, { id, name, count, facts }: OutlineKind, fresh: Paint): void {
  const times = count > 1 ? ` x${formatCount(count)}` : "";
  const isOurs = name.every((part) => typeof part === "string");
  const runs: Run[] = [
    { text: `${id}  `, paint: "quiet" },
    ...runsOf(name, "strong"),
    { text: times, paint: "strong" },
  ];
  const indent = " ".repeat(id.length + 2);
  if (isOurs) page.words(runs, "", indent);
  else page.log(runs, "", indent);
  if (facts.length > 0) page.words(factRuns(facts, fresh), indent, indent);
}

export function factRuns(facts: readonly Fact[], fresh: Paint): Run[] {
  return facts.flatMap(({ about, words }, index): Run[] => {
    const paint: Paint | undefined =
      about === "layer" ? "violation" : about === "novelty" && words === "new" ? fresh : undefined;
    const text = paint === undefined ? { text: words } : { text: words, paint };
    return index === 0 ? [text] : [{ text: ", " }, text];
  });
}

function notSeen(page: Page, { notSeen: { rows, more } }: Outline): void {
  if (rows.length === 0) return;
  page.heading("NOT SEEN");
  for (const { what, details } of rows) {
    page.phrase(what, "  ", "    ");
    for (const detail of details) page.phrase(detail, "    ", "      ");
  }
  if (more !== undefined) page.words(more, "  ");
}

function timeline(page: Page, { timeline: { rows, more } }: Outline): void {
  if (rows.length === 0) return;
  page.heading("IN ORDER", "all sources");
  for (const { time, id = "", what } of rows) {
    const start = id === "" ? `${time} ` : `${time} ${id} `;
    page.words([{ text: what }], start, " ".repeat(start.length));
  }
  if (more !== undefined) page.words(more, "  ");
}

function kindSection(page: Page, heading: string, section: KindSection, fresh: Paint): void {
  const { rows, kinds, lines, more } = section;
  if (kinds === 0) return;
  page.heading(heading, `${countOf(kinds, "kind")}, ${countOf(lines, "line")}`);
  for (const [index, kind] of rows.entries()) {
    if (index > 0) page.gap();
    kindBlock(page, kind, fresh);
  }
  if (more === undefined) return;
  if (rows.length > 0) page.gap();
  page.words(`${more}: counted below, in full in the report file.`, "      ");
}

function kindBlock(page: Page, kind: KindBlock, fresh: Paint): void {
  kindHead(page, kind, fresh);
  if (kind.note) page.phrase(kind.note, "      ");
  for (const address of kind.whose ?? []) page.phrase(address, "      ", "        ");
  for (const lead of kind.leads) page.words(lead, "      ");
  for (const tally of kind.tallies ?? []) page.phrase(tally, "      ", "        ");
  for (const part of kind.evidence) evidence(page, part, fresh);
}

function evidence(page: Page, part: Evidence, fresh: Paint): void {
  if (part.kind === "more") {
    page.words([{ text: `... ${part.words}`, paint: "quiet" }], "        ");
    return;
  }
  const { isMarked, isContext, isFolded, time, repeats, text, remark } = part;
  const start = isMarked ? "  > " : "    ";
  const times = repeats > 1 ? `x${formatCount(repeats)} ` : "";
  const stamp = time === undefined ? times : `${time} ${times}`;
  const paint: Paint | undefined = isContext || isFolded ? "quiet" : undefined;
  const fold = isFolded ? "  " : "";
  page.log(
    [
      { text: stamp, paint: isMarked ? fresh : "quiet" },
      paint === undefined ? { text: text.quoted } : { text: text.quoted, paint },
      { text: remark === "" ? "" : ` ${remark}` },
    ],
    start + fold,
    `        ${fold}`,
  );
}

function byProgram(page: Page, { byProgram: { rows, more } }: Outline): void {
  if (rows.length === 0) return;
  page.heading("BY PROGRAM");
  for (const { program, facts } of rows) page.phrase([program ?? "no program", `  ${facts}`], "  ", "    ");
  if (more !== undefined) page.words(more, "  ", "    ");
}

function known(page: Page, { rows, kinds, lines, more }: KindSection): void {
  if (kinds === 0) return;
  page.heading("KNOWN", `${countOf(kinds, "kind")}, ${countOf(lines, "line")}`);
  for (const { id, title, shape, count, facts, evidence: shown } of rows) {
    const indent = " ".repeat(id.length + 2);
    const what: Phrase = title === undefined ? [shape] : [title];
    page.log([{ text: `${id}  `, paint: "quiet" }, ...runsOf(what)], "", indent);
    const told = facts.filter(({ about }) => about !== "time").map(({ words }) => words);
    page.words([`x${formatCount(count)}`, ...told].join(", "), indent);
    for (const part of shown) evidence(page, part, "quiet");
  }
  if (more !== undefined) page.words(`and ${more}`, "      ");
}

function inventory(page: Page, { inventory: known }: Outline): void {
  if (known === undefined) return;
  page.heading("KNOWN ON THIS HOST FROM NOW ON", formatCount(known.keyCount));
  page.words(
    "Seen in the logs of before: their lines are routine now, anything else is first seen. " +
      "Look for what does not belong here. # stands for numbers.",
  );
  for (const { family, keys } of known.families) {
    page.phrase([family], "  ");
    for (const key of keys) page.log([{ text: key.quoted }], "    ", "      ");
  }
  if (known.more !== undefined) page.words(known.more, "  ");
}

function logins(page: Page, { logins: counted }: Outline): void {
  if (counted === undefined) return;
  const { sentence, letIn, addresses, users } = counted;
  page.heading("LOGINS");
  page.words(sentence, "  ");
  for (const one of letIn) page.words([{ text: one, paint: "alarm" }], "  ");
  for (const { address, count, letInAt, note } of addresses.rows)
    page.phrase(
      [
        `${formatCount(count)}  ${address}`,
        letInAt === undefined ? "" : `  LET IN AT ${letInAt}`,
        ...(note === undefined ? [] : ["  ", note]),
      ],
      "  ",
      "    ",
    );
  if (addresses.more !== undefined) page.words(addresses.more, "  ");
  if (users) page.phrase(users, "  ", "     ");
}

function volume(page: Page, { volume: { rows, more } }: Outline): void {
  if (rows.length === 0) return;
  page.heading("VOLUME", "lines an hour");
  for (const row of rows) {
    page.phrase([row.what, `  ${row.change}`], "  ", "    ");
    page.words(volumeWords(row), "    ", "    ");
  }
  if (more !== undefined) page.words(more, "  ");
}

function ignored(page: Page, { ignored: rows }: Outline): void {
  if (rows.length === 0) return;
  page.heading("IGNORED", "by the rules for");
  for (const { file, by, counts } of rows) {
    const start: Phrase = file === undefined ? [] : [file, by === undefined ? ": " : ` ${by}: `];
    page.phrase([...start, ...counts], "  ", "    ");
  }
}

function actions(page: Page, { actions: { heading, rows } }: Outline): void {
  if (rows.length === 0) return;
  page.gap();
  page.words([{ text: heading, paint: "strong" }]);
  for (const { command, does } of rows) {
    page.command(command);
    page.words([{ text: does, paint: "quiet" }], "      ");
  }
}

function closing(page: Page, { closing: sentences }: Outline): void {
  page.gap();
  for (const sentence of sentences) page.words(sentence);
}
