/**
 * Reads once more what a run read, to show what stood around its alarms.
 * Promise: bounded in bytes and time; it changes no position and no count, and whatever goes wrong, the report goes out
 * without it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { timestampOf } from "../../entry/header.js";
import type { Group } from "../../group/group.js";
import { NearbyLines, type Around, type Middle } from "../../report/around.js";
import { usualSurroundings, type Surroundings } from "../../report/surroundings.js";
import { readEntry } from "../../entry/header.js";
import type { Position, Source } from "../../sources/source.js";
import { lineText, newline } from "../../std/text/line-text.js";

export interface LookAroundLimits {
  readonly bytes: number;
  readonly milliseconds: number;
  /** Kinds that are looked around. */
  readonly kinds: number;
}

export interface LookAroundOptions {
  readonly now: Date;
  readonly surroundings?: Surroundings;
  readonly limits?: LookAroundLimits;
}

const usualLimits: LookAroundLimits = { bytes: 64 * 2 ** 20, milliseconds: 2000, kinds: 24 };

/** Of a kind with more lines no one line stands out. */
const maxLinesOfKind = 50;
const bufferBytes = 256 * 1024;

/**
 * In: the sources of the run, where each was left before it, and all groups of the report. Out: what stood around the first
 * line of each kind of alarm, and of each new kind that has a title, by the id of the kind.
 */
export async function lookAround(
  sources: readonly Source[],
  positions: Readonly<Record<string, Position>>,
  groups: readonly Group[],
  { now, surroundings = usualSurroundings, limits = usualLimits }: LookAroundOptions,
): Promise<ReadonlyMap<string, Around>> {
  const nearby = new Map<string, NearbyLines>();
  for (const group of inTurn(groups)) {
    const middle = nearby.size < limits.kinds ? middleOf(group, now) : undefined;
    if (middle && group.kind !== undefined && !nearby.has(group.kind))
      nearby.set(group.kind, new NearbyLines(middle, surroundings));
  }
  if (nearby.size > 0) await searchAll(new Search([...nearby.values()], now, limits), sources, positions);
  const found = [...nearby].map(([kind, lines]) => [kind, lines.around()] as const);
  return new Map(found.filter(([, { before, after }]) => before.length + after.length > 0));
}

/** Whoever hangs, such as a journal that gives nothing, is left where it is once the time is over. */
async function searchAll(
  search: Search,
  sources: readonly Source[],
  positions: Readonly<Record<string, Position>>,
): Promise<void> {
  const deadline = new AbortController();
  const isLate = sleep(search.msLeft, undefined, { signal: deadline.signal }).catch(() => undefined);
  const reading = (async () => {
    for (const source of sources) {
      if (search.isOver) return;
      // What fails is left out: the run has said what is wrong with it.
      await search.read(source, positions[source.name]).catch(() => undefined);
    }
  })();
  await Promise.race([reading, isLate]);
  deadline.abort();
}

/** The rarest alarms first, then the new kinds that have a title. */
function inTurn(groups: readonly Group[]): readonly Group[] {
  const few = groups.filter(({ count }) => count <= maxLinesOfKind);
  const alarms = few.filter(({ layer }) => layer === "never");
  const titled = few.filter(
    ({ layer, title, history }) => layer === "remainder" && title !== undefined && history === undefined,
  );
  return [...alarms.toSorted((one, other) => one.count - other.count), ...titled];
}

function middleOf({ samples, keys = [] }: Group, now: Date): Middle | undefined {
  const [sample] = samples;
  const timeMs = sample && readEntry(sample.line, now).timestampMs;
  if (sample === undefined || timeMs === undefined) return undefined;
  const values = keys.flatMap(({ counts }) => Object.keys(counts).slice(0, 3));
  return { source: sample.source, line: sample.line, timeMs, values };
}

class Search {
  private readonly nearby: readonly NearbyLines[];
  private readonly now: Date;
  private readonly endMs: number;
  private bytesLeft: number;
  private readonly buffer = new Uint8Array(bufferBytes);

  constructor(nearby: readonly NearbyLines[], now: Date, { bytes, milliseconds }: LookAroundLimits) {
    this.nearby = nearby;
    this.now = now;
    this.bytesLeft = bytes;
    this.endMs = performance.now() + milliseconds;
  }

  get msLeft(): number {
    return Math.max(0, this.endMs - performance.now());
  }

  get isOver(): boolean {
    return this.bytesLeft <= 0 || this.msLeft === 0;
  }

  async read(source: Source, from: Position | undefined): Promise<void> {
    const reader = await source.open(from);
    for (const each of this.nearby) each.beginSource();
    try {
      while (!this.isOver) {
        const chunk = await reader.read(this.buffer);
        if (chunk.kind === "end") return;
        const bytes = chunk.kind === "lines" ? this.buffer.subarray(0, chunk.lengthBytes) : chunk.bytes;
        this.bytesLeft -= bytes.length;
        this.look(source.name, bytes);
      }
    } finally {
      await reader.close();
    }
  }

  /** Most of a log is far from any alarm: two stamps say so of a whole chunk. */
  private look(source: string, bytes: Uint8Array): void {
    const first = this.timeOf(bytes, 0);
    const last = this.timeOf(bytes, bytes.lastIndexOf(newline, bytes.length - 2) + 1);
    const near =
      first === undefined || last === undefined
        ? this.nearby
        : this.nearby.filter((each) => each.touches(first, last));
    if (near.length === 0) return;
    for (let start = 0; start < bytes.length;) {
      const end = lineEnd(bytes, start);
      const timeMs = timestampOf(bytes.subarray(start, end), this.now);
      if (timeMs !== undefined)
        for (const each of near)
          if (each.isNear(timeMs)) each.add(source, lineText(bytes.subarray(start, end)), timeMs);
      start = end;
    }
  }

  private timeOf(bytes: Uint8Array, start: number): number | undefined {
    return timestampOf(bytes.subarray(start, lineEnd(bytes, start)), this.now);
  }
}

/** After the newline, if there is one. */
function lineEnd(bytes: Uint8Array, start: number): number {
  const newlineAt = bytes.indexOf(newline, start);
  return newlineAt < 0 ? bytes.length : newlineAt + 1;
}
