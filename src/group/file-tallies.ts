/**
 * Counts what rules ignored, by what their `#@ tally=` asks for: for each file of rules one tally of each field.
 * Promise: bounded whatever rules ask for, and each tally adds up to the lines that it was asked to count.
 */
import type { Entry } from "../entry/entry.js";
import type { Origins } from "../origins/origins.js";
import type { Tallied } from "../rules/files/directive-values.js";
import type { Text } from "../std/text/byte-string.js";
import { FieldTally, type Tally, type TallyField } from "./tally.js";

/** Plain JSON. */
export interface FileTallies {
  /** The name of the rule file, which is that of a program. */
  readonly file: Text;
  readonly tallies: readonly Tally[];
}

/** Of all files together: the shipped rules have a third of it. */
const maxTallies = 100;

export class IgnoredTallies {
  private readonly byFile = new Map<Text, Map<TallyField, FieldTally>>();
  private readonly origins: Origins;
  private count = 0;

  /** Goes on where an earlier one left off. */
  constructor(origins: Origins, earlier: readonly FileTallies[] = []) {
    this.origins = origins;
    for (const { file, tallies } of earlier)
      for (const tally of tallies) this.tallyFor(file, tally.by, tally);
  }

  /** Counts a line that a rule of the file ignored. */
  add(file: Text, tallied: readonly Tallied[], entry: Entry): void {
    for (const wanted of tallied) {
      if (wanted !== "packets") this.tallyFor(file, wanted)?.addEntry(entry, this.origins);
      else if (entry.firewall)
        for (const field of this.fieldsOfPackets) this.tallyFor(file, field)?.addEntry(entry, this.origins);
    }
  }

  private get fieldsOfPackets(): readonly TallyField[] {
    return this.origins.areKnown ? ["port", "network", "country"] : ["port", "network"];
  }

  tallies(): readonly FileTallies[] {
    return [...this.byFile].map(([file, tallies]) => ({
      file,
      tallies: [...tallies.values()].map((one) => one.tally()),
    }));
  }

  /** Undefined where no more are kept: the lines are in the count of their file all the same. */
  private tallyFor(file: Text, by: TallyField, earlier?: Tally): FieldTally | undefined {
    const ofFile = this.byFile.get(file);
    const known = ofFile?.get(by);
    if (known || this.count >= maxTallies) return known;
    this.count += 1;
    const tally = new FieldTally(by, earlier);
    if (ofFile) ofFile.set(by, tally);
    else this.byFile.set(file, new Map([[by, tally]]));
    return tally;
  }
}
