/**
 * Chooses what is shown of a kind's lines.
 * Promise: exact repeats are one line with its count; then the first, the last, and those that differ most; the rest is
 * counted, and what is shown and what is counted add up to the kind.
 */
import { isUngrouped, linesOf, type Group, type Sample } from "../../../group/group.js";
import { readEntry, timestampOf } from "../../../entry/header.js";
import { shortHostName } from "../../../std/host-name.js";
import type { ByteString, Text, Words } from "../../../std/text/byte-string.js";
import { countOf, formatCount } from "../../render/wording.js";
import type { Around } from "../../around.js";
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
  /** What stood around the first lines of kinds, by their ids. */
  readonly around?: ReadonlyMap<Text, Around>;
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
  const chosen =
    group.folded === undefined ? ofLines(group, limits, context) : ofEvents(group, limits, context);
  const before = earlierLines(group, limits, context);
  const lines = chosen.map((line) => ({
    ...shownLine(line, limits.lineBytes, context),
    isMarked: before.length > 0,
  }));
  const words = restWords(group, chosen);
  if (words === undefined) return [...before, ...lines];
  const last = lines.length > 1 && hasLast(group) ? lines.slice(-1) : [];
  return [...before, ...lines.slice(0, lines.length - last.length), { kind: "more", words }, ...last];
}

function ofLines(group: Group, limits: LineLimits, context: LineContext): readonly Distinct[] {
  const distinct = distinctLines(group.samples, context);
  const isAll = isUngrouped(group) || (limits.lines > 1 && distinct.length <= alwaysAll);
  return chosenLines(distinct, isAll ? { ...limits, lines: Infinity } : limits);
}

/** Lines of the first event, where more than one line of a kind may be shown. */
const maxEventLines = 12;

/** The first event with the lines that belong to it; of others the first line, and what rules raise by itself. */
function ofEvents({ samples }: Group, limits: LineLimits, context: LineContext): readonly Distinct[] {
  const all = samples.map((sample) => ({ ...readSample(sample, context), samples: [sample] }));
  const secondEvent = all.findIndex(({ sample }, index) => index > 0 && sample.folded === undefined);
  const ofFirst = all.slice(0, secondEvent < 0 ? undefined : secondEvent);
  const others = new Set(all.slice(ofFirst.length).map(({ sample }) => sample));
  const firsts = distinctLines(
    samples.filter((sample) => sample.folded === undefined),
    context,
  );
  const isRaised = ({ folded }: Sample): boolean => folded === "never" || folded === "violation";
  const wanted = new Set([
    ...ofFirst.filter(({ sample }) => isRaised(sample) || sample.folded === undefined),
    ...ofFirst.slice(0, limits.lines > 1 ? maxEventLines : 1),
    ...all.filter(({ sample }) => others.has(sample) && isRaised(sample)),
    ...chosenLines(firsts, limits).filter(({ sample }) => others.has(sample)),
  ]);
  const chosen = withinBytes([...wanted], limits);
  const shown = new Map([...chosen].flatMap((line) => line.samples.map((sample) => [sample, line] as const)));
  return [...new Set(samples.flatMap((sample) => shown.get(sample) ?? []))];
}

/** "2,998 more like these", "1 more like this", "12 more lines", "11 more events like this, 44 lines". */
function restWords(group: Group, chosen: readonly Distinct[]): Words | undefined {
  const shown = chosen.flatMap(({ samples }) => samples);
  const rest = linesOf(group) - shown.length;
  if (rest <= 0) return undefined;
  if (isUngrouped(group)) return countOf(rest, "more line");
  if (group.folded === undefined) return `${formatCount(rest)} more like ${rest === 1 ? "this" : "these"}`;
  const events = group.count - shown.filter(({ folded }) => folded === undefined).length;
  if (events <= 0) return countOf(rest, "more line");
  return `${countOf(events, "more event")} like this, ${countOf(rest, "line")}`;
}

/** Whether the last sample is the last line: of what no rule raises, the first lines are kept alone. */
function hasLast({ samples, count }: Group): boolean {
  return samples.length === count || samples.at(-1)?.difference === 0;
}

/** Of the lines that came before the minimum of their rule was reached. */
const maxEarlier = 5;

function earlierLines(
  { earlier = [] }: Group,
  { lines, lineBytes }: LineLimits,
  context: LineContext,
): readonly Evidence[] {
  if (earlier.length === 0) return [];
  const words = `${countOf(earlier.length, "line")} before, when its rule's minimum was not reached`;
  const shown = distinctLines(earlier, context).slice(0, Math.min(maxEarlier, lines));
  return [
    { kind: "more", words },
    ...shown.map((line) => ({ ...shownLine(line, lineBytes, context), isContext: true, samples: [] })),
  ];
}

function distinctLines(samples: readonly Sample[], context: LineContext): readonly Distinct[] {
  const byText = new Map<ByteString, Read & { readonly samples: Sample[] }>();
  for (const sample of samples) {
    const read = readSample(sample, context);
    // What is cut may differ where it is not seen.
    const key = sample.line.length < sample.trueLengthBytes ? `${byText.size}\n` : read.text;
    const known = byText.get(key);
    if (known) known.samples.push(sample);
    else byText.set(key, { ...read, samples: [sample] });
  }
  return [...byText.values()];
}

/** A report is made several times until it fits, and reading headers is the expensive part of it. */
const readSamples = new WeakMap<Sample, Read>();

/** What a sample says, without date and host. */
export function readSample(sample: Sample, { hostname, to }: LineContext): Read {
  const known = readSamples.get(sample);
  if (known) return known;
  const read = readAnew(sample, shortHostName(hostname), to);
  readSamples.set(sample, read);
  return read;
}

function readAnew(sample: Sample, host: string, to: Date): Read {
  const { hostname = host, appName, procId, message, ...entry } = readEntry(sample.line, to);
  // The header of a line in another form than syslog's is no part of what is read here, but its time.
  const timestampMs = entry.timestampMs ?? timestampOf(Buffer.from(sample.line, "latin1"), to);
  const process = procId === undefined ? "" : `[${procId}]`;
  const program = appName === undefined ? "" : `${appName}${process}: `;
  const from = shortHostName(hostname) === host ? "" : `${hostname} `;
  return { sample, timeMs: timestampMs, text: `${from}${program}${message}` };
}

/** The most telling that find room, in the order in which they came. */
function chosenLines(lines: readonly Distinct[], limits: LineLimits): readonly Distinct[] {
  const chosen = withinBytes([...mostTelling(lines)].slice(0, limits.lines), limits);
  return lines.filter((line) => chosen.has(line));
}

/** The first, and of the others as many as find room. */
function withinBytes(
  lines: readonly Distinct[],
  { lineBytes, kindBytes }: LineLimits,
): ReadonlySet<Distinct> {
  const chosen = new Set<Distinct>();
  let bytes = 0;
  for (const line of lines) {
    const more = Math.min(line.text.length, lineBytes);
    if (chosen.size > 0 && bytes + more > kindBytes) continue;
    bytes += more;
    chosen.add(line);
  }
  return chosen;
}

/**
 * The first line and the last one. Then, without grouping, one of each kind, round by round one of each rule. Then those
 * that differ most, then the others from the first on.
 */
function mostTelling(lines: readonly Distinct[]): Iterable<Distinct> {
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return [];
  const differing = lines
    .filter(({ sample: { difference = 0 } }) => difference > 0)
    .toSorted((one, other) => (other.sample.difference ?? 0) - (one.sample.difference ?? 0));
  const kinds = lines
    .filter(({ sample }) => sample.kindNumber !== undefined)
    .toSorted((one, other) => (one.sample.kindNumber ?? 0) - (other.sample.kindNumber ?? 0));
  return new Set([first, last, ...kinds, ...differing, ...lines]);
}

export function shownLine(
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
