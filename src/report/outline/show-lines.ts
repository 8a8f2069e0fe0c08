/**
 * Chooses what is shown of a kind's lines.
 * Promise: exact repeats are one line with its count; then the first, the last, and those that differ most; the rest is
 * counted, and what is shown and what is counted add up to the kind.
 */
import { isUngrouped, linesOf, type Group, type Sample } from "../../group/group.js";
import { readEntry } from "../../entry/header.js";
import { shortHostName } from "../../std/host-name.js";
import type { ByteString, Text } from "../../std/text/byte-string.js";
import { mostTelling } from "../detail.js";
import { countOf } from "../render/wording.js";
import type { Evidence, ShownLine } from "./evidence.js";
import { quotedLine } from "./quoted.js";
import { timeWords } from "./wording.js";

export interface LineLimits {
  /** Lines that differ from each other. */
  readonly lines: number;
  /** Of one line's text. */
  readonly lineBytes: number;
  /** Of all of them. The first is always shown. */
  readonly kindBytes: number;
}

export interface LineContext {
  readonly hostname: Text;
  readonly to: Date;
}

/** As many of a kind are all shown, whatever the limit says. */
const alwaysAll = 3;

interface Read {
  readonly sample: Sample;
  readonly timeMs: number | undefined;
  /** The line without date and host. */
  readonly text: ByteString;
}

/** A line and those that repeat it. */
interface Distinct extends Read {
  readonly samples: readonly Sample[];
}

export function evidenceOf(group: Group, limits: LineLimits, context: LineContext): readonly Evidence[] {
  const distinct = distinctLines(group.samples, context);
  const isAll = isUngrouped(group) || (limits.lines > 1 && distinct.length <= alwaysAll);
  const most = isAll ? Infinity : limits.lines;
  const chosen = withinBytes(chosenLines(distinct, most), limits);
  const shown = chosen.reduce((sum, { samples }) => sum + samples.length, 0);
  const rest = linesOf(group) - shown;
  const lines = chosen.map((line) => shownLine(line, limits.lineBytes, context));
  if (rest <= 0) return lines;
  const like = isUngrouped(group) || group.folded !== undefined ? "more" : "more like";
  const more = { kind: "more", words: moreWords(rest, like) } as const;
  const last = lines.length > 1 ? lines.slice(-1) : [];
  return [...lines.slice(0, lines.length - last.length), more, ...last];
}

/** "2,998 more like these", "1 more like this". */
function moreWords(count: number, like: string): string {
  if (like === "more") return `${countOf(count, "more line")}`;
  return count === 1 ? "1 more like this" : `${countOf(count, like).replace(/s$/, "")} these`;
}

function distinctLines(samples: readonly Sample[], { hostname, to }: LineContext): readonly Distinct[] {
  const host = shortHostName(hostname);
  const byText = new Map<ByteString, Read & { readonly samples: Sample[] }>();
  for (const sample of samples) {
    const read = readSample(sample, host, to);
    // What is cut may differ where it is not seen.
    const key = sample.line.length < sample.trueLengthBytes ? `${byText.size}\n` : read.text;
    const known = byText.get(key);
    if (known) known.samples.push(sample);
    else byText.set(key, { ...read, samples: [sample] });
  }
  return [...byText.values()];
}

function readSample(sample: Sample, host: string, to: Date): Read {
  const { timestampMs, hostname = host, appName, procId, message } = readEntry(sample.line, to);
  if (appName === undefined) return { sample, timeMs: timestampMs, text: sample.line };
  const process = procId === undefined ? "" : `[${procId}]`;
  const from = shortHostName(hostname) === host ? "" : `${hostname} `;
  return { sample, timeMs: timestampMs, text: `${from}${appName}${process}: ${message}` };
}

function chosenLines(lines: readonly Distinct[], most: number): readonly Distinct[] {
  if (lines.length <= most) return lines;
  const chosen = new Set(
    mostTelling(
      lines.map(({ sample }) => sample),
      most,
    ),
  );
  return lines.filter(({ sample }) => chosen.has(sample));
}

/** The first and the last before those between them. */
function withinBytes(lines: readonly Distinct[], { lineBytes, kindBytes }: LineLimits): readonly Distinct[] {
  const [first, ...further] = lines;
  if (first === undefined) return [];
  const chosen = new Set([first]);
  const bytesOf = ({ text }: Distinct): number => Math.min(text.length, lineBytes);
  let bytes = bytesOf(first);
  for (const line of [...further.slice(-1), ...further.slice(0, -1)]) {
    if (bytes + bytesOf(line) > kindBytes) continue;
    bytes += bytesOf(line);
    chosen.add(line);
  }
  return lines.filter((line) => chosen.has(line));
}

function shownLine(
  { sample, timeMs, text, samples }: Distinct,
  maxBytes: number,
  context: LineContext,
): ShownLine {
  return {
    kind: "line",
    isMarked: false,
    isContext: false,
    isFolded: sample.folded !== undefined,
    ...(timeMs !== undefined && { time: timeWords(timeMs, context.to) }),
    repeats: samples.length,
    ...quotedLine(text, sample, maxBytes),
    samples,
  };
}
