/**
 * Keeps what is known of the lines of a part true while others write to its file.
 * Promise: a line that may have changed since it was found counts as new.
 */
import { KnownRanges } from "../bytes/known-ranges.js";
import { changeOf, changeOfOpen } from "../bytes/open.js";
import type { LineDigests } from "../rotation/known/line-digests.js";
import type { Part } from "../rotation/part.js";

/** How often a file is searched while others write to it. */
const searches = 3;

export class KnownInPart {
  private readonly part: Part;
  private readonly digests: () => LineDigests;
  private known: KnownRanges;
  /** What the file was like when they were looked for. */
  private asOf: string;

  /** `digests`: of the lines that were read last, up to now. */
  constructor(part: Part, digests: () => LineDigests) {
    this.part = part;
    this.digests = digests;
    this.known = new KnownRanges(part.known?.ranges);
    this.asOf = changeOf(part.content.file);
  }

  /** The known lines from an offset on, looked for again if somebody has written to the file: they may be elsewhere. */
  async after(offsetBytes: number): Promise<KnownRanges> {
    const { content, known } = this.part;
    for (let attempt = 1; known && this.known.endBytes > offsetBytes; attempt++) {
      const change = changeOfOpen(content.file.descriptor);
      if (change === this.asOf) break;
      this.asOf = change;
      // It changes faster than it can be searched: in doubt its lines are new.
      const isRestless = attempt > searches;
      this.known = new KnownRanges(isRestless ? [] : (await known.find(this.digests(), offsetBytes)).ranges);
    }
    return this.known;
  }

  /** What a segment says of them at an offset. */
  at(offsetBytes: number): { readonly knownUntilBytes?: number } {
    const { endBytes } = this.known;
    return endBytes > offsetBytes ? { knownUntilBytes: endBytes } : {};
  }
}
