/** The kinds of a report, as they are folded, searched and filtered. Promise: alarms are open, the rest is closed. */
import type { Words } from "../../../../std/text/byte-string.js";
import type { Evidence } from "../../../outline/kind/evidence.js";
import type { KindBlock } from "../../../outline/outline.js";
import type { Fact, OutlineKind } from "../../../outline/parts.js";
import { countOf, formatCount } from "../../wording.js";
import { element, joined, markupOf, text, type Markup } from "../markup.js";
import { heading, phrase, plainText } from "./pieces.js";

/** What the boxes of the filter choose. */
export const layers = ["alarm", "violation", "new", "known"] as const;
export type PageLayer = (typeof layers)[number];

const titles: Readonly<Record<PageLayer, Words>> = {
  alarm: "Alarms",
  violation: "Violations",
  new: "New",
  known: "Known",
};

/** A kind with more lines than these is closed, alarm or not: nobody reads a flood, and what follows would be far away. */
const openLines = 500;

function layerOf({ layer, novelty }: OutlineKind): PageLayer {
  if (layer === "never") return "alarm";
  if (layer === "violation") return "violation";
  return novelty === "known" || novelty === "acked" ? "known" : "new";
}

/** The program that wrote the lines, as far as their shape says it. */
export function programOf({ shape }: OutlineKind): string {
  return /^([^ :]+): /.exec(shape.quoted)?.[1] ?? "";
}

/** Names of hosts have no blanks. "*" stands for those that are not kept: the kind may be of any. */
function hostsOf({ hosts, hasMoreHosts }: OutlineKind): string | undefined {
  const names = hosts.map(({ quoted }) => quoted);
  return names.length === 0 ? undefined : [...names, ...(hasMoreHosts ? ["*"] : [])].join(" ");
}

/** The id that links lead to; undefined for kinds that an earlier version stored without one. */
export function anchorOf(id: Words | undefined): string | undefined {
  return id === undefined || id === "" ? undefined : `k-${id}`;
}

/** The sections of all layers that have kinds. */
export function kindSections(kinds: readonly KindBlock[]): Markup {
  return joined(
    layers.map((layer) =>
      layerSection(
        layer,
        kinds.filter((kind) => layerOf(kind) === layer),
      ),
    ),
  );
}

function layerSection(layer: PageLayer, kinds: readonly KindBlock[]): Markup | undefined {
  if (kinds.length === 0) return undefined;
  const lines = kinds.reduce((sum, kind) => sum + kind.lines, 0);
  const amount = `${countOf(kinds.length, "kind")}, ${countOf(lines, "line")}`;
  const id = `s-${layer}`;
  return element(
    "section",
    { class: "layer", "aria-labelledby": id },
    heading(id, titles[layer], amount),
    ...kinds.map((kind) => joined([markupOf("\n"), kindBlock(kind, layer)])),
  );
}

function kindBlock(kind: KindBlock, layer: PageLayer): Markup {
  const isOpen = layer === "alarm" && kind.lines <= openLines;
  const isNamed = layer !== "known" || kind.title !== undefined;
  return element(
    "details",
    {
      class: `kind ${layer}`,
      id: anchorOf(kind.id),
      "data-layer": layer,
      "data-program": programOf(kind),
      "data-hosts": hostsOf(kind),
      open: isOpen ? true : undefined,
    },
    element(
      "summary",
      {},
      element("h3", {}, isNamed ? phrase(kind.name) : text(kind.shape.quoted)),
      kind.count > 1 ? text(` x${formatCount(kind.count)}`) : undefined,
      element("span", { class: "facts" }, ...factsOf(kind, layer)),
    ),
    kind.note && element("p", { class: "lead" }, phrase(kind.note)),
    ...(kind.whose ?? []).map((address) => element("p", { class: "facts" }, phrase(address))),
    ...kind.leads.map((lead) => element("p", { class: "lead" }, text(lead))),
    ...(kind.tallies ?? []).map((tally) => element("p", { class: "facts" }, phrase(tally))),
    isNamed && kind.shape.quoted !== ""
      ? element("p", { class: "facts" }, text(kind.shape.quoted))
      : undefined,
    kind.evidence.length > 0 ? log(kind) : undefined,
  );
}

function factsOf(kind: OutlineKind, layer: PageLayer): Markup[] {
  const facts: readonly Fact[] =
    layer === "alarm" ? [{ about: "layer", words: "alarm" }, ...kind.facts] : kind.facts;
  return [
    element("code", {}, text(kind.id)),
    ...facts.flatMap(({ about, words: said }, index) => [
      text(index === 0 ? " " : ", "),
      about === "layer" || said === "new" ? element("b", { class: "mark" }, text(said)) : text(said),
    ]),
  ];
}

function log({ id, evidence }: KindBlock): Markup {
  const region = { class: "log", tabindex: 0, role: "region", "aria-label": `Lines of ${id}` };
  return element("div", region, ...evidence.map(evidenceLine));
}

function evidenceLine(evidence: Evidence): Markup {
  if (evidence.kind === "more") return element("div", { class: "more" }, text("... "), text(evidence.words));
  const { isMarked, isContext, isFolded, time, repeats, text: line, remark } = evidence;
  const classes = [isMarked && "hit", isContext && "near", isFolded && "folded"].filter(Boolean).join(" ");
  return element(
    "div",
    { class: classes === "" ? undefined : classes },
    time === undefined ? undefined : text(`${time} `),
    repeats > 1 ? element("b", {}, text(`x${formatCount(repeats)} `)) : undefined,
    text(plainText(line)),
    remark === "" ? undefined : element("i", {}, text(` ${remark}`)),
  );
}
