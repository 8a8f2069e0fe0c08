/**
 * What the search for a log knows of everything else: directories as they are, and which other logs there are.
 * Promise: a file that another log has read, or will read, is not taken for news or history of this one.
 */
import { Directories } from "./directories.js";
import { fits, type Content } from "./content.js";
import { hasContent } from "./fingerprints.js";
import type { FileIdentity } from "../bytes/open.js";
import type { Segment } from "./segment.js";

export class Surroundings {
  readonly directories = new Directories();
  /** When the last run ended well, in ms since the epoch. */
  readonly lastRunMs: number | undefined;
  private readonly sources = new Set<string>();
  private readonly owners = new Map<string, { readonly name: string; readonly segment: Segment }[]>();

  constructor(lastRunMs?: number) {
    this.lastRunMs = lastRunMs;
  }

  /** Says that the path is a source of this run. */
  addSource(path: string): void {
    this.sources.add(path);
  }

  /** Says what is known of a log from earlier runs. */
  addKnown(name: string, segments: readonly Segment[]): void {
    for (const segment of segments) {
      const key = keyOf(segment);
      const owners = this.owners.get(key);
      if (owners) owners.push({ name, segment });
      else this.owners.set(key, [{ name, segment }]);
    }
  }

  /** Whether the path is a log of its own in this run. */
  isSource(path: string): boolean {
    return this.sources.has(path);
  }

  /** Whether another log of this run has read the file, so that it reads on in it. Throws on input errors. */
  async isOfAnother(path: string, content: Content): Promise<boolean> {
    const { file, compression } = content;
    // Without a birth time, an inode that is used again looks like the file that had it before.
    if (file.birthtimeMs <= 0 || compression !== undefined) return false;
    for (const { name, segment } of this.owners.get(keyOf(file)) ?? [])
      if (name !== path && this.isSource(name) && hasContent(segment) && (await fits(content, segment)))
        return true;
    return false;
  }
}

function keyOf({ inode, birthtimeMs }: FileIdentity): string {
  return `${inode} ${birthtimeMs}`;
}
