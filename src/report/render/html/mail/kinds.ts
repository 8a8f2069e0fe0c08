/** The sections of an HTML mail that tell of kinds of lines. Promise: nothing is said by colour alone. */
import type { Words } from "../../../../std/text/byte-string.js";
import type { Evidence, ShownLine } from "../../../outline/kind/evidence.js";
import type { AlarmRows, KindBlock, KindSection, RuleRow } from "../../../outline/outline.js";
import type { Fact, OutlineKind } from "../../../outline/parts.js";
import { countOf, formatCount } from "../../wording.js";
import { element, joined, text, type Markup } from "../markup.js";
import type { TextColour } from "../tokens.js";
import {
  bold,
  code,
  codeBlock,
  paragraph,
  phrase,
  quoted,
  sectionHeading,
  small,
  withBar,
  words,
} from "./pieces.js";
import { breaksWords, fonts, inColour } from "./style.js";

/** A row for each kind of alarm. */
export function alarmRows({ rows, rules, more }: AlarmRows, kinds: number): Markup | undefined {
  if (kinds === 0) return undefined;
  return joined([
    sectionHeading("Alarms", countOf(kinds, "kind")),
    ...rows.map((kind) => withBar("alarm", 10, nameLine(kind), factsLine(kind))),
    ...rules.map((rule) => withBar("alarm", 10, ruleName(rule), small("muted", words(rule.facts)))),
    moreLine(more),
  ]);
}

/** Kinds with their lines. */
export function kindsWithLines(title: Words, section: KindSection): Markup | undefined {
  if (section.kinds === 0) return undefined;
  return joined([
    sectionHeading(title, amountOf(section)),
    ...section.rows.map(kindBlock),
    moreLine(section.more),
  ]);
}

/** Kinds that the reader has seen before: what they have in common, and how often. */
export function knownKinds(title: Words, section: KindSection): Markup | undefined {
  if (section.kinds === 0) return undefined;
  return joined([
    sectionHeading(title, amountOf(section)),
    ...section.rows.map((kind) =>
      element(
        "div",
        { style: "padding:0 0 10px" },
        small("text", kind.title === undefined ? quoted(kind.shape) : phrase(kind.name)),
        factsLine(kind, `x${formatCount(kind.count)}`),
        kind.evidence.length > 0 ? codeBlock(...kind.evidence.map(evidenceLine)) : undefined,
      ),
    ),
    moreLine(section.more),
  ]);
}

function kindBlock(kind: KindBlock): Markup {
  const title = element(
    "h3",
    inColour("text", `margin:0;font-size:16px;line-height:22px;font-weight:600;${breaksWords}`),
    phrase(kind.name),
    countText(kind),
  );
  return withBar(
    colourOf(kind),
    14,
    title,
    factsLine(kind),
    kind.note && small("text", phrase(kind.note)),
    ...(kind.whose ?? []).map((address) => small("muted", phrase(address))),
    ...kind.leads.map((lead) => small("text", words(lead))),
    ...(kind.tallies ?? []).map((tally) => small("muted", phrase(tally))),
    kind.evidence.length > 0 ? codeBlock(...kind.evidence.map(evidenceLine)) : undefined,
  );
}

function nameLine(kind: OutlineKind): Markup {
  return element("div", inColour("text", breaksWords), bold("text", phrase(kind.name)), countText(kind));
}

function ruleName({ name }: RuleRow): Markup {
  return element("div", inColour("text", breaksWords), bold("text", phrase(name)));
}

/** " x3,000". */
function countText({ count }: OutlineKind): Markup | undefined {
  return count > 1 ? text(` x${formatCount(count)}`) : undefined;
}

/** Id, mark, time, values: what is known of the kind. `first` stands before the facts. */
function factsLine(kind: OutlineKind, first?: Words): Markup {
  const colour = colourOf(kind);
  const told = first === undefined ? [] : [words(first)];
  return small(
    "muted",
    code("muted", "", text(kind.id)),
    text(" "),
    ...[...told, ...kind.facts.map((fact) => factText(fact, colour))].flatMap((fact, index) => [
      index > 0 ? text(", ") : undefined,
      fact,
    ]),
  );
}

function factText({ about, words: said }: Fact, colour: TextColour): Markup {
  const isMark = about === "layer" || (about === "novelty" && said === "new");
  return isMark ? bold(colour, words(said)) : words(said);
}

function colourOf({ layer, novelty }: OutlineKind): TextColour {
  if (layer === "never") return "alarm";
  if (layer === "violation") return "violation";
  return novelty === "known" || novelty === "acked" ? "muted" : "new";
}

function evidenceLine(evidence: Evidence): Markup {
  if (evidence.kind === "more")
    return element("div", inColour("muted", "padding:2px 0"), text("... "), words(evidence.words));
  return element(
    "div",
    inColour(evidence.isContext ? "muted" : "text", `padding:2px 0${evidence.isFolded ? " 2px 12px" : ""}`),
    ...lineText(evidence),
  );
}

function lineText({ isMarked, time, repeats, text: line, remark }: ShownLine): (Markup | undefined)[] {
  return [
    isMarked ? element("b", {}, text(">"), text(" ")) : undefined,
    time === undefined ? undefined : joined([text(time), text(" ")]),
    repeats > 1 ? element("b", {}, text(`x${formatCount(repeats)}`), text(" ")) : undefined,
    quoted(line),
    remark === "" ? undefined : element("i", {}, text(" "), text(remark)),
  ];
}

/** "5 kinds, 3,005 lines". */
function amountOf({ kinds, lines }: KindSection): Words {
  return `${countOf(kinds, "kind")}, ${countOf(lines, "line")}`;
}

export function moreLine(more: Words | undefined): Markup | undefined {
  return more === undefined ? undefined : paragraph("muted", words(more));
}

/** A row's time in the face of the log. */
export function timeCell(time: Words): Markup {
  const style = `width:72px;padding:0 0 6px;${fonts.log}`;
  return element("td", { ...inColour("muted", style), valign: "top", width: 72 }, text(time));
}
