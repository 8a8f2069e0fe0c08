/**
 * The keys that were seen on this host, by family.
 * Promise: bounded, and only what was not seen for long is ever forgotten: whoever floods it makes more be told, never
 * less. A key that finds no room is new each time.
 */
import type { ByteString, Text } from "../std/text/byte-string.js";

/** What rules with `first-seen` know their lines by: the rules of one family share it. */
export interface Family {
  readonly name: Text;
  /** The program that its rules are about, by the name of their file. */
  readonly program: Text;
  /** In days on which this host had such lines. */
  readonly expireDays: number;
}

/** "learnt": the family is new here, so what it sees first is the inventory. */
export type Sight = "known" | "learnt" | "new" | "no room";

/** Plain data, as it is stored. */
export interface KeyRecords {
  /** The day of the last run that saw a key, counted in such days, and its date, "2026-11-27". */
  readonly day: number;
  readonly date: string;
  readonly families: Readonly<Record<string, FamilyRecord>>;
}

export interface FamilyRecord {
  readonly program: Text;
  /** Whether its keys so far are an inventory that has not been told. */
  readonly isLearning?: true;
  /** The day on which each key was last seen. */
  readonly keys: Readonly<Record<string, number>>;
}

export const noKeys: KeyRecords = { day: 0, date: "", families: {} };

export const usualExpireDays = 100;

/** Of all families together, and of those of one program. The kernel has many modules and devices. */
const mostKeys = 20_000;
const mostOfProgram = 300;
const mostOfKernel = 2000;

interface KnownFamily {
  readonly program: Text;
  isLearning: boolean;
  readonly keys: Map<ByteString, number>;
}

export interface KnownKeysOptions {
  /** Of the rules that are on. */
  readonly families: readonly Family[];
  /** Whether a family that the records do not have learns first. Otherwise its first keys are new. */
  readonly learns: boolean;
  /** Today, "2026-11-27". */
  readonly date: string;
}

export class KnownKeys {
  /** Lines whose keys found no room, by program. */
  readonly refused = new Map<Text, number>();
  private readonly families = new Map<Text, KnownFamily>();
  private readonly ofProgram = new Map<Text, number>();
  private count = 0;
  private readonly day: number;
  private readonly date: string;
  private hasChanged = false;

  constructor(
    { day, date, families: records }: KeyRecords,
    { families, learns, date: today }: KnownKeysOptions,
  ) {
    this.day = date === today ? day : day + 1;
    this.date = today;
    const expireDays = new Map(families.map((family) => [family.name, family.expireDays]));
    for (const [name, { program, isLearning = false, keys }] of Object.entries(records)) {
      const oldest = this.day - (expireDays.get(name) ?? usualExpireDays);
      const left = Object.entries(keys).filter(([, seen]) => seen >= oldest);
      if (left.length < Object.keys(keys).length) this.hasChanged = true;
      if (left.length === 0 && !expireDays.has(name)) continue;
      this.add(name, { program, isLearning, keys: new Map(left) });
    }
    for (const { name, program } of families)
      if (!this.families.has(name)) {
        this.add(name, { program, isLearning: learns, keys: new Map() });
        this.hasChanged = true;
      }
  }

  private add(name: Text, family: KnownFamily): void {
    this.families.set(name, family);
    this.countMore(family.program, family.keys.size);
  }

  private countMore(program: Text, keys: number): void {
    this.count += keys;
    this.ofProgram.set(program, (this.ofProgram.get(program) ?? 0) + keys);
  }

  /** Whether a family is new here, so that its history is to be looked at. */
  get isLearning(): boolean {
    return [...this.families.values()].some(({ isLearning }) => isLearning);
  }

  /** Remembers a key of a family of the rules. */
  see(name: Text, key: ByteString): Sight {
    const family = this.families.get(name);
    if (family === undefined) throw new Error(`bug: no family "${name}"`);
    const seen = family.keys.get(key);
    if (seen === this.day) return "known";
    if (seen === undefined && !this.hasRoom(family.program)) {
      this.refused.set(family.program, (this.refused.get(family.program) ?? 0) + 1);
      return "no room";
    }
    family.keys.set(key, this.day);
    this.hasChanged = true;
    if (seen !== undefined) return "known";
    this.countMore(family.program, 1);
    return family.isLearning ? "learnt" : "new";
  }

  /** Remembers a key out of the logs of before, where its family is new. */
  learn(name: Text, key: ByteString): void {
    if (this.families.get(name)?.isLearning === true) this.see(name, key);
  }

  private hasRoom(program: Text): boolean {
    const most = program === "kernel" ? mostOfKernel : mostOfProgram;
    return this.count < mostKeys && (this.ofProgram.get(program) ?? 0) < most;
  }

  /** What was learnt and has not been told, by family. */
  inventory(): ReadonlyMap<Text, readonly ByteString[]> {
    const learning = [...this.families].filter(([, { isLearning, keys }]) => isLearning && keys.size > 0);
    return new Map(learning.map(([name, { keys }]) => [name, [...keys.keys()].sort()]));
  }

  /** What is to be stored; undefined where it is what was stored. `isTold`: a report with the inventory goes with it. */
  records(isTold: boolean): KeyRecords | undefined {
    const families = [...this.families].map(
      ([name, { program, isLearning, keys }]): [string, FamilyRecord] => {
        const learning = isLearning && !isTold ? { isLearning: true as const } : {};
        return [name, { program, ...learning, keys: Object.fromEntries(keys) }];
      },
    );
    if (!this.hasChanged && !(isTold && this.isLearning)) return undefined;
    return { day: this.day, date: this.date, families: Object.fromEntries(families) };
  }
}
