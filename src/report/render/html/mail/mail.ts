/**
 * The report as the HTML of a mail.
 * Promise: one document without script, link or anything to load, in plain ASCII, that can be read at 375 pixels, light
 * and dark, and where a mail program drops all styles.
 */
import type { Outline } from "../../../outline/outline.js";
import { element, joined, markupOf, text, type Markup } from "../markup.js";
import { inSourceLines } from "../source-lines.js";
import { grounds, lineColour, type TextColour } from "../tokens.js";
import {
  actions,
  byProgram,
  ignored,
  inventory,
  ledger,
  logins,
  notSeen,
  timeline,
  volume,
} from "./facts.js";
import { alarmRows, knownKinds, kindsWithLines } from "./kinds.js";
import { bold, phrase, row, topBar, words } from "./pieces.js";
import { fonts, inColour, pageGround, styleBlock } from "./style.js";

/** Wider lines are hard to read. */
const widthPixels = 640;

export function htmlMail(outline: Outline): Markup {
  const { subject, preheader } = outline;
  const head = joined([
    element("meta", { charset: "utf-8" }),
    meta("viewport", "width=device-width, initial-scale=1"),
    meta("color-scheme", "light dark"),
    meta("supported-color-schemes", "light dark"),
    // No links of what looks like one to a telephone.
    meta("format-detection", "telephone=no, date=no, address=no, email=no, url=no"),
    meta("x-apple-disable-message-reformatting", ""),
    element("title", {}, text(subject)),
    styleBlock,
  ]);
  const hidden = "display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px";
  const body = element(
    "body",
    { id: "b", class: "bg", style: `margin:0;padding:0;background:${grounds.page.light}` },
    element("div", { style: hidden }, words(preheader)),
    // Word knows no greatest width of anything but a table.
    markupOf(
      `<!--[if mso]><table role="presentation" width="${widthPixels}" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->`,
    ),
    element(
      "div",
      pageGround(`max-width:${widthPixels}px;margin:0 auto;${fonts.body}`),
      element(
        "table",
        { role: "presentation", width: "100%", cellpadding: 0, cellspacing: 0, border: 0 },
        topBar(accentOf(outline)),
        row(
          { role: "article", "aria-label": subject, style: `padding:14px 16px 28px;${fonts.body}` },
          ...sections(outline),
        ),
      ),
    ),
    markupOf("<!--[if mso]></td></tr></table><![endif]-->"),
  );
  const html = element("html", { lang: "en", dir: "ltr" }, element("head", {}, head), body);
  return inSourceLines(joined([markupOf("<!DOCTYPE html>"), html]));
}

function sections(outline: Outline): (Markup | undefined)[] {
  const { counts } = outline;
  return [
    ...verdict(outline),
    alarmRows(outline.alarmRows, counts.alarms),
    notSeen(outline.notSeen),
    timeline(outline.timeline),
    kindsWithLines("The alarms", outline.alarms),
    kindsWithLines("Worth a look", outline.look),
    byProgram(outline.byProgram),
    knownKinds("Known", outline.known),
    inventory(outline.inventory),
    logins(outline.logins),
    volume(outline.volume),
    ignored(outline.ignored),
    ledger(outline.ledger),
    actions(outline.actions),
    closing(outline),
  ];
}

/** What comes first, and is all that many read. */
function verdict(outline: Outline): Markup[] {
  const { urgency, host, period } = outline;
  const { title, facts, lead, rest, notes } = outline.verdict;
  const isAlarm = urgency === "alarm";
  const paragraphOf = (colour: TextColour, style: string, ...children: readonly Markup[]): Markup =>
    element("p", inColour(colour, `margin:0 0 6px;${style}`), ...children);
  return [
    element(
      "div",
      inColour("muted", fonts.small),
      ...(isAlarm ? [bold("alarm", text("ALARM")), text(" on ")] : []),
      bold("text", words(host)),
      text(", "),
      words(period.words),
    ),
    element("h1", inColour(isAlarm ? "alarm" : "text", `margin:4px 0 6px;${fonts.title}`), words(title)),
    ...(facts === "" ? [] : [paragraphOf("text", "font-weight:600", words(facts))]),
    ...(lead === "" ? [] : [paragraphOf("text", "", words(lead))]),
    ...(rest === "" ? [] : [paragraphOf("muted", "", words(rest))]),
    ...notes.map((note) => paragraphOf("muted", fonts.small, phrase(note))),
  ];
}

function closing({ closing: sentences }: Outline): Markup {
  const style = `margin-top:18px;padding:12px 0 0;border-top:1px solid ${lineColour.light};${fonts.figures}`;
  const { class: muted, style: colour } = inColour("muted", style);
  return element("div", { class: `${muted} l`, style: colour }, words(sentences.join(" ")));
}

/** The colour of the bar across the top: how urgent it is, which the words say as well. */
function accentOf({ urgency, counts }: Outline): TextColour {
  switch (urgency) {
    case "alarm":
      return "alarm";
    case "news":
      return counts.violations > 0 ? "violation" : "new";
    case "blind":
      return "violation";
    case "digest":
      return counts.notSeen > 0 ? "violation" : "quiet";
  }
}

function meta(name: string, content: string): Markup {
  return element("meta", { name, content });
}
