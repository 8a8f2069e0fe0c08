/**
 * The whole report as one HTML file, which needs no network and asks for none.
 * Promise: nothing is loaded, and no script runs but our own, even if log text got through the escaping: the policy in the
 * file names the hashes of its one style and its one script. Without scripts all is there to read.
 */
import { createHash } from "node:crypto";
import type { IdCommand } from "../../../outline/sections/actions.js";
import type { KindBlock, Outline } from "../../../outline/outline.js";
import { element, joined, markupOf, text, type Markup } from "../markup.js";
import { chart, type Hour } from "./chart.js";
import { ignored, inventory, ledger, logins, notSeen, timeline, volume } from "./facts.js";
import { kindSections, layers, programOf } from "./kinds.js";
import { phrase, section } from "./pieces.js";
import { pageScript } from "./script.js";
import { pageStyle } from "./style.js";

/** What a page has beside the outline. */
export interface PageExtras {
  /** Of the chart; without several there is none. */
  readonly hours?: readonly Hour[];
  /** The commands on ids that this program has: they are proposed for each kind. */
  readonly commands?: ReadonlySet<IdCommand>;
}

/** In: an outline that holds as much as the file is to hold. */
export function htmlPage(outline: Outline, { hours = [], commands = new Set() }: PageExtras = {}): Markup {
  const kinds = [...outline.alarms.rows, ...outline.look.rows, ...outline.known.rows];
  const linked = new Set(kinds.map(({ id }) => id));
  const main = element(
    "main",
    {},
    notSeen(outline.notSeen),
    timeline(outline.timeline, linked),
    hours.length > 1
      ? section("s-hours", "Lines an hour", "each layer on its own scale", chart(hours))
      : undefined,
    filterBar(kinds),
    element("div", { id: "kinds", tabindex: -1 }, kindSections(kinds)),
    inventory(outline.inventory),
    logins(outline.logins),
    volume(outline.volume),
    ignored(outline.ignored),
    ledger(outline.ledger),
  );
  const body = element(
    "body",
    { class: accentOf(outline), "data-commands": commandsOfKind(commands).join(", ") },
    element("a", { class: "skip", href: "#kinds" }, text("To the kinds")),
    header(outline),
    main,
    footer(outline),
    // Raw text: see its promise.
    markupOf(`\n<script>${pageScript}</script>`),
  );
  const html = element("html", { lang: "en", class: "still" }, head(outline), body);
  return joined([markupOf("<!DOCTYPE html>\n"), html, markupOf("\n")]);
}

/** The colour at the top: green only where nothing happened and all was seen. */
function accentOf({ urgency, counts }: Outline): string {
  if (urgency === "alarm") return "alarm";
  if (counts.violations > 0 || counts.notSeen > 0) return "violation";
  return counts.fresh > 0 ? "new" : "quiet";
}

function head({ subject }: Outline): Markup {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(pageStyle)}'`,
    `script-src '${hashOf(pageScript)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return element(
    "head",
    {},
    element("meta", { charset: "utf-8" }),
    element("meta", { "http-equiv": "Content-Security-Policy", content: policy }),
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("meta", { name: "color-scheme", content: "light dark" }),
    element("meta", { name: "referrer", content: "no-referrer" }),
    element("title", {}, text(subject)),
    markupOf(`<style>${pageStyle}</style>`),
  );
}

/** With ID for the kind's. */
function commandsOfKind(commands: ReadonlySet<IdCommand>): readonly string[] {
  const operands = [
    ["show", "ID"],
    ["explain", "ID"],
    ["ack", "ID --for 7d"],
  ] as const;
  return operands
    .filter(([name]) => commands.has(name))
    .map(([name, operand]) => `logwinnow ${name} ${operand}`);
}

/** As a content security policy names what it lets be (CSP 3, 2.3.1). */
function hashOf(source: string): string {
  return `sha256-${createHash("sha256").update(source).digest("base64")}`;
}

function header({ urgency, host, period, verdict }: Outline): Markup {
  const { title, facts, lead, rest, notes } = verdict;
  return element(
    "header",
    {},
    element(
      "p",
      { class: "muted" },
      urgency === "alarm"
        ? joined([element("b", { class: "mark" }, text("ALARM")), text(" on ")])
        : undefined,
      element("b", {}, text(host)),
      text(`, ${period.words}`),
    ),
    element("h1", {}, text(title)),
    facts === "" ? undefined : element("p", { class: "main" }, text(facts)),
    lead === "" ? undefined : element("p", {}, text(lead)),
    rest === "" ? undefined : element("p", { class: "muted" }, text(rest)),
    ...notes.map((note) => element("p", { class: "muted" }, phrase(note))),
  );
}

function filterBar(kinds: readonly KindBlock[]): Markup {
  const programs = [...new Set(kinds.map(programOf))].filter((name) => name !== "").toSorted();
  const hosts = [...new Set(kinds.flatMap((kind) => kind.hosts.map(({ quoted }) => quoted)))].toSorted();
  return element(
    "search",
    { class: "bar", "aria-label": "Search and filter kinds" },
    element("input", {
      type: "search",
      id: "search",
      "aria-label": "Search kinds and lines",
      placeholder: "Search kinds and lines ( / )",
      autocomplete: "off",
      spellcheck: "false",
    }),
    element(
      "fieldset",
      {},
      element("legend", {}, text("Layer")),
      ...layers.map((layer) =>
        element(
          "label",
          {},
          element("input", { type: "checkbox", name: "layer", value: layer, checked: true }),
          text(layer),
        ),
      ),
    ),
    choice("program", "Program", programs),
    choice("host", "Host", hosts),
    element("button", { type: "button", id: "fold" }, text("Open or close all")),
    element("output", { id: "said", "aria-live": "polite", class: "muted" }),
  );
}

/** Left out where there is nothing to choose. */
function choice(id: string, label: string, values: readonly string[]): Markup | undefined {
  if (values.length < 2) return undefined;
  const options = values.map((value) => element("option", { value }, text(value)));
  const all = element("option", { value: "" }, text("all"));
  return element("label", {}, text(`${label} `), element("select", { id }, all, ...options));
}

function footer({ host, reportId }: Outline): Markup {
  const keys = [
    ["/", "search"],
    ["j", "next kind"],
    ["k", "previous kind"],
    ["Enter", "open or close"],
    ["e", "all of them"],
  ] as const;
  const keysText = keys.map(([key, does]) =>
    joined([text(" "), element("kbd", {}, text(key)), text(` ${does}`)]),
  );
  return element(
    "footer",
    {},
    element(
      "p",
      {},
      text(`logwinnow on ${host}, report ${reportId}. This file needs no network and asks for none.`),
    ),
    element("p", { class: "keys" }, text("Keys:"), ...keysText),
  );
}
