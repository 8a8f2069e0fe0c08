/**
 * How much of each part an outline shows, from rich to bare.
 * Promise: noise gives way first, then what is shown of alarms, and last their rows; each rule that raised an alarm is
 * named as long as there is any room for it.
 */

/** What stands around the kinds. */
export interface FrameLimits {
  readonly notSeenRows: number;
  readonly ledgerRows: number;
  readonly ignoredRows: number;
  readonly volumeRows: number;
  readonly inventoryKeys: number;
  /** Of a path or another name; what a notice says may have three times as many. */
  readonly nameCharacters: number;
}

export interface KindLimits {
  /** Rows of alarms; where there are more kinds, their rules have rows. */
  readonly alarmRows: number;
  readonly ruleRows: number;
  /** Rules that are named in one text, once there are no more rows. */
  readonly ruleNames: number;
  /** Kinds of alarms whose lines are shown, what these may have together, and how many lines of each that differ. */
  readonly alarmKinds: number;
  readonly alarmBytes: number;
  readonly alarmLines: number;
  readonly alarmLineBytes: number;
  /** The same of violations and new kinds. */
  readonly lookKinds: number;
  readonly lookBytes: number;
  readonly violationLines: number;
  readonly newLines: number;
  readonly lineBytes: number;
  /** Lines of one kind together. */
  readonly kindBytes: number;
  readonly knownKinds: number;
  /** Of each of them. */
  readonly knownLines: number;
  readonly programRows: number;
}

export type Limits = FrameLimits & KindLimits;

/** A mail's text has so many bytes by default; the figures below are made for it. */
const usualBytes = 64_000;

const richestFrame: FrameLimits = {
  notSeenRows: 20,
  ledgerRows: 12,
  ignoredRows: 12,
  volumeRows: 12,
  inventoryKeys: 200,
  nameCharacters: 120,
};

/** The richest that leaves three quarters of the room to the kinds is taken. */
export const frameSteps: readonly FrameLimits[] = [
  richestFrame,
  { notSeenRows: 10, ledgerRows: 8, ignoredRows: 6, volumeRows: 6, inventoryKeys: 50, nameCharacters: 80 },
  { notSeenRows: 3, ledgerRows: 3, ignoredRows: 2, volumeRows: 3, inventoryKeys: 10, nameCharacters: 60 },
  { notSeenRows: 1, ledgerRows: 1, ignoredRows: 0, volumeRows: 1, inventoryKeys: 0, nameCharacters: 40 },
];

/** In: the bytes of a mail. A larger one shows as much more. What a mail told before has no lines in it. */
export function richestKinds(maxBytes: number, showsKnownLines = false): KindLimits {
  const times = Math.max(1, maxBytes / usualBytes);
  const scaled = (figure: number): number => Math.ceil(figure * times);
  return {
    alarmRows: scaled(500),
    ruleRows: scaled(40),
    ruleNames: scaled(3000),
    alarmKinds: scaled(500),
    alarmBytes: scaled(45_000),
    alarmLines: scaled(10),
    alarmLineBytes: Math.max(100, Math.min(2000, Math.floor(maxBytes / 8))),
    lookKinds: scaled(25),
    lookBytes: scaled(25_000),
    violationLines: scaled(3),
    newLines: scaled(2),
    lineBytes: 600,
    kindBytes: scaled(8000),
    knownKinds: scaled(15),
    knownLines: showsKnownLines ? scaled(2) : 0,
    programRows: 9,
  };
}

export const richestLimits: Limits = { ...richestFrame, ...richestKinds(usualBytes) };

const shares = [0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.08, 0.05, 0.03, 0.015];
/** Enough for a header and what it is about. */
const alarmFloors = [400, 240, 160, 100];

/** Each shows no more than the one before. */
export function kindSteps(richest: KindLimits): readonly KindLimits[] {
  const part = (figure: number, share: number): number => Math.ceil(figure * share);
  const noise = shares.map((share): KindLimits => ({
    ...richest,
    lookKinds: part(richest.lookKinds, share),
    lookBytes: part(richest.lookBytes, share),
    violationLines: share > 0.3 ? richest.violationLines : 1,
    newLines: share > 0.5 ? richest.newLines : 1,
    knownKinds: part(richest.knownKinds, share),
    knownLines: share > 0.5 ? richest.knownLines : Math.min(1, richest.knownLines),
  }));
  const quiet: KindLimits = { ...richest, lookKinds: 0, lookBytes: 0, knownKinds: 0, programRows: 0 };
  const fewer = shares.map((share): KindLimits => ({
    ...quiet,
    alarmBytes: part(richest.alarmBytes, share),
    alarmLines: part(richest.alarmLines, share),
    kindBytes: part(richest.kindBytes, share),
  }));
  const floors = alarmFloors
    .filter((bytes) => bytes < richest.alarmLineBytes)
    .map((bytes): KindLimits => ({ ...quiet, alarmLines: 1, alarmLineBytes: bytes }));
  return [richest, ...noise, quiet, ...fewer, ...floors];
}

/** Where not even the barest of `kindSteps` fits: rules in place of kinds, as many as can be, and a few kinds of each. */
export function ruleSteps(richest: KindLimits): readonly KindLimits[] {
  const barest = kindSteps(richest).at(-1) ?? richest;
  const names = [richest.ruleNames, 1000, 300, 100, 30, 10, 0];
  const rows = [richest.ruleRows, 10, 3];
  const kinds = [300, 100, 30, 10, 5];
  return names.flatMap((ruleNames) =>
    rows.flatMap((ruleRows) =>
      kinds.map((alarmKinds): KindLimits => ({ ...barest, alarmRows: 0, ruleRows, ruleNames, alarmKinds })),
    ),
  );
}
