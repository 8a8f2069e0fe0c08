/**
 * How much of each group a report shows: from everything to the barest.
 * Promise: noise gives way first and alarms last; of an alarm there is always the beginning of a line.
 */
import type { Group, Sample } from "../group/group.js";
import { beginningOf } from "../group/sample.js";

/** How many lines of each group are shown at most, by layer. */
export interface Detail {
  readonly never: number;
  readonly violation: number;
  readonly remainder: number;
  /** Longer lines are not shown, but for alarms. */
  readonly maxLineBytes: number;
  /** Longer lines of alarms are shown cut. */
  readonly alarmLineBytes: number;
}

const ladder = [Infinity, 3000, 1000, 300, 100, 30, 10, 5, 3, 2, 1];
const shortLineBytes = 1000;
const longestAlarmBytes = 4096;
/** Enough for a header and what it is about. */
const alarmFloors = [400, 240, 160, 100];

/** In: the bytes of a page. One line may take no more than a part of it, whatever escapes make of its bytes. */
export function richestDetail(pageBytes: number): Detail {
  const alarmLineBytes = Math.max(100, Math.min(longestAlarmBytes, Math.floor(pageBytes / 8)));
  return {
    never: Infinity,
    violation: Infinity,
    remainder: Infinity,
    maxLineBytes: Infinity,
    alarmLineBytes,
  };
}

/** From rich to bare: each shows no more than the one before. */
export function barerDetails(richest: Detail): readonly Detail[] {
  const short = { ...richest, maxLineBytes: shortLineBytes };
  return [
    ...ladder.map((remainder) => ({ ...richest, remainder })),
    ...ladder.map((violation) => ({ ...short, violation, remainder: 1 })),
    { ...short, violation: 1, remainder: 0 },
    ...alarmDetails(richest),
  ];
}

/** Those that show lines of alarms only. */
export function alarmDetails({ alarmLineBytes }: Detail): readonly Detail[] {
  const rest = { violation: 0, remainder: 0, maxLineBytes: shortLineBytes };
  const floors = [shortLineBytes, ...alarmFloors].filter((bytes) => bytes < alarmLineBytes);
  return [
    ...ladder.map((never) => ({ ...rest, never, alarmLineBytes })),
    ...floors.map((bytes) => ({ ...rest, never: 1, alarmLineBytes: bytes })),
  ];
}

/** The lines of a group that a detail shows, in their order; long ones of alarms cut. */
export function samplesAt({ layer, samples }: Group, detail: Detail): readonly Sample[] {
  switch (layer) {
    case "never":
      return withFolded(samples, detail.never, mostTelling).map((sample) =>
        shortened(sample, detail.alarmLineBytes),
      );
    case "violation":
      return withFolded(samples.filter(isShort, detail), detail.violation, mostTelling);
    case "remainder":
      return withFolded(samples.filter(isShort, detail), detail.remainder, firstOf);
    case "ignored":
      return [];
  }
}

type Choice = (samples: readonly Sample[], count: number) => readonly Sample[];

/** The first line of each event before any further one of it; of those, the ones that rules raise come first. */
function withFolded(samples: readonly Sample[], count: number, choice: Choice): readonly Sample[] {
  if (samples.every(({ folded }) => folded === undefined)) return choice(samples, count);
  const firsts = choice(
    samples.filter(({ folded }) => folded === undefined),
    count,
  );
  if (firsts.length === 0) return [];
  const further = samples.filter(({ folded }) => folded !== undefined);
  const isRaised = ({ folded }: Sample): boolean => folded === "never" || folded === "violation";
  const ranked = [...further.filter(isRaised), ...further.filter((sample) => !isRaised(sample))];
  const chosen = new Set([...firsts, ...ranked.slice(0, Math.max(0, count - firsts.length))]);
  return samples.filter((sample) => chosen.has(sample));
}

function firstOf(samples: readonly Sample[], count: number): readonly Sample[] {
  return samples.slice(0, count);
}

function isShort(this: Detail, { line }: Sample): boolean {
  return line.length <= this.maxLineBytes;
}

/**
 * The first line and the last one. Then, without grouping, one of each kind, round by round one of each rule. Then those
 * that differ most, then the others from the first on.
 */
export function mostTelling(samples: readonly Sample[], count: number): readonly Sample[] {
  if (samples.length <= count) return samples;
  if (count <= 0) return [];
  const further = samples.slice(1, -1);
  const differing = further
    .filter(({ difference = 0 }) => difference > 0)
    .toSorted((one, other) => (other.difference ?? 0) - (one.difference ?? 0));
  const kinds = further
    .filter(({ kindNumber }) => kindNumber !== undefined)
    .toSorted((one, other) => (one.kindNumber ?? 0) - (other.kindNumber ?? 0));
  const ranked = new Set([samples[0], samples.at(-1), ...kinds, ...differing, ...further]);
  const chosen = new Set([...ranked].slice(0, count));
  return samples.filter((sample) => chosen.has(sample));
}

/** Escaping is expensive, and its result is kept for each sample: so each cut is made once. */
const cutSamples = new WeakMap<Sample, Map<number, Sample>>();
const wholeSamples = new WeakMap<Sample, Sample>();

function shortened(sample: Sample, maxBytes: number): Sample {
  if (sample.line.length <= maxBytes) return sample;
  const cuts = cutSamples.get(sample) ?? new Map<number, Sample>();
  cutSamples.set(sample, cuts);
  const known = cuts.get(maxBytes);
  if (known) return known;
  const cut = { ...sample, line: beginningOf(sample.line, maxBytes) };
  cuts.set(maxBytes, cut);
  wholeSamples.set(cut, sample);
  return cut;
}

/** The sample of the group that a sample of `samplesAt` was cut from, or itself. */
export function wholeSample(sample: Sample): Sample {
  return wholeSamples.get(sample) ?? sample;
}
