/**
 * Takes what can be shown out of an unfinished report that cannot be understood: an earlier program left a field out, a
 * later one writes another form.
 * Promise: never throws; every line that stands in the document is found, and none is shown as less than it was.
 */
import { linesOf, type Group, type Sample } from "../group/group.js";
import type { Layer } from "../rules/layer.js";
import { isCount, isObject, isString } from "../std/json-shape.js";
import type { LedgerRow } from "./document.js";
import { emptyReport, isBalanced } from "./open-report.js";
import { isGroup, isLedgerRow, isReportedLayer, isTallies, type OpenReport } from "./open-report-shape.js";
import { isNotice, type Notice } from "../std/notice.js";

/** Deeper than any document that was ever stored. */
const maxDepth = 32;
/** What lines belong to whose source the document does not tell. */
const unnamedSource = "unfinished report";
const shape = "lines of an unfinished report that is not understood";

/** A line that was found, and the layer that stood around it, if one did. */
interface FoundLine extends Sample {
  readonly layer: Layer | undefined;
}

/** In: the document's data, as JSON gives it. Out: a report that goes on from what was found. */
export function salvageReport(data: unknown): OpenReport {
  const groups: Group[] = [];
  const lines: FoundLine[] = [];
  find(data, { onGroup: (group) => groups.push(group), onLine: (line) => lines.push(line) });
  const found = [...groups, ...groupsOf(lines)];
  const parts = isObject(data) ? data : {};
  const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  return {
    groups: found,
    ledger: ledgerFor(found, itemsOf(parts.ledger).filter(isLedgerRow)),
    notices: salvageNotices(data),
    tallies: isTallies(parts.tallies) ? parts.tallies : emptyReport.tallies,
    reportFiles: itemsOf(parts.reportFiles ?? parts.fullSets).filter(isString),
  };
}

/** The notices of a document that are whole. */
export function salvageNotices(data: unknown): readonly Notice[] {
  return isObject(data) && Array.isArray(data.notices) ? data.notices.filter(isNotice) : [];
}

/** How many lines a report shows or counts. */
export function linesIn({ groups }: Pick<OpenReport, "groups">): number {
  return groups.reduce((sum, group) => sum + linesOf(group), 0);
}

/** The lines of a document, source by source, whatever it is made of. */
export function salvageLines(data: unknown): readonly Sample[] {
  const lines: Sample[] = [];
  find(data, { onGroup: ({ samples }) => lines.push(...samples), onLine: (line) => lines.push(line) });
  return lines;
}

interface Finder {
  readonly onGroup: (group: Group) => void;
  readonly onLine: (line: FoundLine) => void;
}

function find(value: unknown, finder: Finder, layer?: Layer, source = unnamedSource, depth = 0): void {
  if (depth > maxDepth) return;
  if (Array.isArray(value)) {
    for (const item of value) find(item, finder, layer, source, depth + 1);
    return;
  }
  if (!isObject(value)) return;
  if (isGroup(value)) {
    finder.onGroup(value);
    return;
  }
  const own = isReportedLayer(value.layer) ? value.layer : layer;
  if (isString(value.line)) {
    const { line, trueLengthBytes } = value;
    const text = asBytes(line);
    finder.onLine({
      source: isString(value.source) ? value.source : source,
      line: text,
      trueLengthBytes: isCount(trueLengthBytes) ? trueLengthBytes : text.length,
      layer: own,
    });
  }
  for (const [name, part] of Object.entries(value))
    if (name === "lines") findPlainLines(part, finder, source);
    else find(part, finder, own, source, depth + 1);
}

/** Lines as plain strings, in a list or in lists by source. */
function findPlainLines(part: unknown, { onLine }: Finder, source: string): void {
  const add = (from: string, text: string): void => {
    const line = asBytes(text);
    onLine({ source: from, line, trueLengthBytes: line.length, layer: undefined });
  };
  if (Array.isArray(part)) for (const text of part.filter(isString)) add(source, text);
  if (!isObject(part)) return;
  for (const [name, texts] of Object.entries(part)) {
    const strings = isString(texts) ? [texts] : Array.isArray(texts) ? texts.filter(isString) : [];
    for (const text of strings) add(name, text);
  }
}

/** Lines are bytes as latin1; what has other characters is text. */
function asBytes(text: string): string {
  return Array.from(text).every((character) => (character.codePointAt(0) ?? 0) < 0x100)
    ? text
    : Buffer.from(text).toString("latin1");
}

/** A line whose layer is not known may have been an alarm, so it is one. */
function groupsOf(lines: readonly FoundLine[]): readonly Group[] {
  const byLayer = new Map<Layer, Sample[]>();
  for (const { layer = "never", ...sample } of lines) {
    const samples = byLayer.get(layer) ?? [];
    byLayer.set(layer, samples);
    samples.push(sample);
  }
  return [...byLayer].map(([layer, samples]) => ({ layer, shape, count: samples.length, samples }));
}

/** The rows as they were, if they tell of just these lines; else without those lines, which get a row of their own. */
function ledgerFor(groups: readonly Group[], rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const count = linesIn({ groups });
  const told = rows.reduce((sum, { reported, counted }) => sum + reported + counted, 0);
  if (told === count && rows.every(isBalanced)) return rows;
  const shown = groups.flatMap(({ samples }) => samples);
  const reported = shown.filter(({ isInReportFile }) => isInReportFile !== true).length;
  return [
    ...rows.map(({ source, ignored, duplicate }) => ({
      source,
      read: ignored + duplicate,
      ignored,
      duplicate,
      reported: 0,
      counted: 0,
    })),
    { source: unnamedSource, read: count, ignored: 0, duplicate: 0, reported, counted: count - reported },
  ];
}
