/**
 * Draws the dialogue as rows of a terminal.
 * Promise: as many rows as the terminal has, none wider; the keys are always among them; a rule is never shown without its
 * end unless it says so, and the changes show it whole.
 */
import { columnsOf } from "../std/text/columns.js";
import { escaped, escapedText } from "../std/text/escape.js";
import type { Layer } from "../rules/layer.js";
import { helpOf } from "./keys.js";
import { atMost, broken, flowed, prose, type Row } from "./rows.js";
import {
  weighty,
  type Decision,
  type RuleAdvice,
  type Size,
  type TriageKind,
  type TriageState,
} from "./state.js";

const least: Size = { columns: 20, rows: 8 };

export function view(state: TriageState): readonly Row[] {
  const { columns, rows } = state.size;
  if (columns < least.columns || rows < least.rows)
    return fitted(
      broken("the terminal is too small", columns).map((text) => ({ text })),
      rows,
    );
  const foot = footOf(state);
  const head: Row = {
    text: padded(atMost(broken(headOf(state), columns), 1, columns)[0] ?? "", columns),
    look: "reverse",
  };
  const room = rows - 1 - foot.length;
  return [head, ...fitted(bodyOf(state, room), room), ...foot];
}

/** The rows of the changes at a width. */
export function changesRows(lines: readonly string[], columns: number): readonly string[] {
  return lines.flatMap((line) => broken(line, columns, 2));
}

/** How many of them a page has. */
export function changesShown(state: TriageState): number {
  return Math.max(1, state.size.rows - 1 - footOf(state).length);
}

function fitted(rows: readonly Row[], count: number): readonly Row[] {
  return [
    ...rows.slice(0, count),
    ...Array.from({ length: Math.max(0, count - rows.length) }, () => ({ text: "" })),
  ];
}

function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

function headOf({ kinds, at, order, mode, decisions }: TriageState): string {
  const weight = weighty(decisions);
  if (mode.name === "changes") return "What is written if you say yes";
  if (mode.name === "leaving") return "Quit";
  const kind = kinds[at];
  if (kind === undefined) return "Nothing to decide";
  const done = weight === 0 ? "" : `, ${weight} to write`;
  return `${at + 1} of ${kinds.length}  ${kind.id}  ${order} first${done}`;
}

const names: Readonly<Record<Layer, string>> = {
  never: "an alarm",
  violation: "a violation",
  remainder: "no rule decides",
  ignored: "ignored",
};

/** What the last key did, and the keys. */
function footOf({ mode, message, size: { columns, rows } }: TriageState): readonly Row[] {
  const said = atMost(prose(message, columns), 2, columns);
  const help = flowed(helpOf(mode.name), columns);
  // Keys that find no room on a small terminal are those that are needed least.
  return [...said, ...help.slice(0, Math.max(1, rows - 5))].map((text, index): Row =>
    index < said.length ? { text, look: "strong" } : { text },
  );
}

function bodyOf(state: TriageState, room: number): readonly Row[] {
  const { mode, size, kinds, at, decisions } = state;
  const kind = kinds[at];
  switch (mode.name) {
    case "changes":
      return changesRows(mode.lines, size.columns)
        .slice(mode.top, mode.top + room)
        .map((text) => (text.startsWith("+") ? { text, look: "strong" } : { text }));
    case "leaving": {
      const count = weighty(decisions);
      const text = `${count} ${count === 1 ? "decision is" : "decisions are"} not written yet.`;
      return prose(text, size.columns).map((row) => ({ text: row }));
    }
    case "kinds":
      return kind === undefined ? [] : kindRows(state, kind, room);
  }
}

const mostSamples = 20;

/** The facts, and so the rule, have what they need up to two thirds; samples have what is left. */
function kindRows(state: TriageState, kind: TriageKind, room: number): readonly Row[] {
  const { columns } = state.size;
  const shape = atMost(broken(escaped(kind.shape), columns), 2, columns).map((text): Row => ({
    text,
    look: "strong",
  }));
  const all = factsOf(state, kind).map(([name, text]) => {
    const before = name.padEnd(nameColumns);
    // A rule has few blanks, and none that may be left out.
    return rules.has(name) ? broken(before + text, columns, nameColumns) : prose(text, columns, before);
  });
  const facts = shared(all, Math.ceil((room * 2) / 3) - shape.length, columns);
  const left = Math.max(1, room - shape.length - facts.length);
  const samples: string[] = [];
  for (const line of kind.lines.slice(0, mostSamples)) {
    const rows = atMost(broken(`  ${escaped(line)}`, columns, 4), 3, columns);
    // One row is left for how many there are.
    if (samples.length > 0 && samples.length + rows.length > left - 1) break;
    samples.push(...rows);
  }
  const count = `  ${kind.count === 1 ? "1 line" : `${kind.count} lines`}, ${names[kind.layer]}`;
  const lines = [
    ...atMost(samples, left - 1, columns),
    ...atMost(prose(count, columns), 1, columns),
    ...facts,
  ];
  return [...shape, ...lines.map((text) => ({ text }))];
}

/** Each has one row; what is left of the rows goes to the first that need more. */
function shared(facts: readonly (readonly string[])[], rows: number, columns: number): readonly string[] {
  let left = Math.max(0, rows - facts.length);
  return facts.flatMap((fact) => {
    const extra = Math.min(left, fact.length - 1);
    left -= extra;
    return atMost(fact, 1 + extra, columns);
  });
}

const nameColumns = 9;
const rules: ReadonlySet<string> = new Set(["rule", "own rule", "alarm", "decided"]);

function factsOf(state: TriageState, kind: TriageKind): readonly (readonly [string, string])[] {
  const advice = state.advice.get(kind.id);
  const decision = state.decisions.get(kind.id);
  const facts: [string, string][] = [];
  if (kind.rule !== undefined) facts.push(["raised", `by ${escapedText(kind.rule)}`]);
  const isAlarm = kind.layer !== "remainder";
  if (advice !== undefined && kind.layer !== "never") {
    const made = isAlarm ? advice.raise : advice.ignore;
    if (advice.own) facts.push(["own rule", escaped(advice.own.rule)]);
    else facts.push([isAlarm ? "alarm" : "rule", "rule" in made ? escaped(made.rule) : ""]);
    facts.push([isAlarm ? "raises" : "hides", effectOf(made, kind, state.kinds.length)]);
    for (const similar of advice.similar ?? []) facts.push(["similar", similar]);
  }
  if (decision !== undefined) facts.push(["decided", decisionText(decision)]);
  return facts.filter(([, text]) => text !== "");
}

const mostNamed = 3;

function effectOf(made: RuleAdvice, kind: TriageKind, kinds: number): string {
  if ("refused" in made) return `nothing: ${escaped(made.refused)}`;
  const own = kind.count === 1 ? "this line" : `these ${kind.count} lines`;
  if (made.others.length === 0)
    return `${own}, and none of ${kinds === 2 ? "1 other kind" : `${kinds - 1} other kinds`}`;
  const lines = made.others.reduce((sum, { count }) => sum + count, 0);
  const named = made.others.slice(0, mostNamed).map(({ shape, count }) => `${escaped(shape)} (${count})`);
  const more = made.others.length > mostNamed ? ", ..." : "";
  return `${own}, and ${lines} of ${made.others.length} other ${made.others.length === 1 ? "kind" : "kinds"}: ${named.join(", ")}${more}`;
}

function decisionText(decision: Decision): string {
  switch (decision.action) {
    case "skip":
      return "skip";
    case "acknowledge":
      return "acknowledge: it waits for the digest";
    case "ignore":
      return `ignore by ${escaped(decision.rule)}`;
    case "raise":
      return `raise by ${escaped(decision.rule)}`;
    case "alarm":
      return `raise as an alarm by ${escaped(decision.rule)}`;
  }
}
