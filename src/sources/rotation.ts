/**
 * Answers "where did this log go?": which file each generation lives in now, and which files were never read.
 * Promise: content decides; inode and birth time only break ties; a log that is gone is never passed over in silence.
 */
import { lstatSync } from "node:fs";
import type { Notice } from "../std/notice.js";
import {
  asHistory,
  closeContent,
  fits,
  isBeginningOf,
  isSubstantial,
  openContent,
  type Content,
} from "./content.js";
import { splitCompression } from "./compression.js";
import type { Framing } from "./framing.js";
import { emptyMark, hasContent, isStrong } from "./marks.js";
import { isMissing, isSameFile, reasonOf, type FileIdentity } from "./open.js";
import { siblingsOf, type Sibling } from "./siblings.js";
import type { Generation } from "./source.js";

/** A file to read on: from the offset of its generation, or from its start. */
export interface Part {
  readonly content: Content;
  /** What was read of it before, if anything. */
  readonly generation: Generation | undefined;
  /** Whether it is the file that bears the log's own name. */
  readonly isCurrent: boolean;
}

export interface Whereabouts {
  /** Oldest first; all open, to be closed by the caller. */
  readonly parts: readonly Part[];
  /** Everything known so far, newest first: what a position must not forget. */
  readonly generations: readonly Generation[];
  readonly notices: readonly Notice[];
}

export interface Log {
  readonly path: string;
  readonly followLinks: boolean;
  readonly framing: Framing;
  readonly now: Date;
}

/** Names may change under our eyes: so often is the search begun anew before the log is left for the next run. */
const attempts = 8;

/**
 * Finds all that is to be read of a log, given what was read of it: its generations, newest first.
 * Throws when the log itself is there but cannot be opened.
 */
export async function findGenerations(log: Log, known: readonly Generation[]): Promise<Whereabouts> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const search = new Search(log, known);
    try {
      const whereabouts = await search.run();
      if (search.isUndisturbed()) {
        search.closeAllBut(whereabouts.parts);
        return whereabouts;
      }
    } catch (error) {
      // A file that was there when the directory was read is gone: a rotation is under way.
      if (!isMissing(error)) {
        search.closeAllBut([]);
        throw error;
      }
    }
    search.closeAllBut([]);
  }
  throw new Error("is being rotated again and again");
}

class Search {
  private readonly log: Log;
  private readonly known: readonly Generation[];
  private readonly opened = new Map<string, Content>();
  private readonly unreadable = new Map<string, string>();
  private readonly notices: Notice[] = [];
  private readonly claims = new Map<Generation, string>();
  private siblings: readonly Sibling[] = [];
  private isWide = false;
  private current: Content | undefined;

  constructor(log: Log, known: readonly Generation[]) {
    this.log = log;
    this.known = known;
  }

  async run(): Promise<Whereabouts> {
    this.current = this.openCurrent();
    this.list(false);
    await this.claimByIdentity();
    if (!this.isCurrentKnown() || this.claims.size < this.known.length) {
      this.list(true);
      await this.claimByIdentity();
      await this.claimByContent();
    }
    await this.unclaimTruncated();
    return this.conclude();
  }

  /** Whether the directory is still as it was when the search began. */
  isUndisturbed(): boolean {
    const listed = (siblings: readonly Sibling[]) =>
      siblings
        .map(({ path, inode }) => `${inode} ${path}`)
        .toSorted()
        .join("\n");
    const before = listed(this.siblings);
    this.list(this.isWide);
    if (before !== listed(this.siblings)) return false;
    try {
      const inode = lstatSync(this.log.path).ino;
      return this.log.followLinks || inode === this.current?.file.inode;
    } catch {
      return this.current === undefined;
    }
  }

  closeAllBut(parts: readonly Part[]): void {
    const kept = new Set(parts.map((part) => part.content));
    for (const content of [...this.opened.values(), ...(this.current ? [this.current] : [])])
      if (!kept.has(content)) closeContent(content);
    this.opened.clear();
  }

  private openCurrent(): Content | undefined {
    try {
      return openContent(this.log.path, this.log.followLinks);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  private list(isWide: boolean): void {
    this.isWide = isWide;
    const current = this.current?.file;
    this.siblings = siblingsOf(this.log.path, isWide).filter(
      (sibling) => !current || !isSameFile(sibling, current),
    );
  }

  /** The sibling's content; undefined, noted once, when it cannot be opened. Throws when it is gone. */
  private open(sibling: Sibling): Content | undefined {
    const known = this.opened.get(sibling.path);
    if (known) return known;
    try {
      const content = openContent(sibling.path, false);
      this.opened.set(sibling.path, content);
      return content;
    } catch (error) {
      if (isMissing(error)) throw error;
      this.unreadable.set(sibling.path, reasonOf(error));
      return undefined;
    }
  }

  private async fits(sibling: Sibling, generation: Generation): Promise<boolean> {
    const content = this.open(sibling);
    if (!content) return false;
    try {
      return await fits(content, generation);
    } catch (error) {
      this.unreadable.set(sibling.path, reasonOf(error));
      return false;
    }
  }

  private isCurrentKnown(): boolean {
    const newest = this.known[0];
    return newest !== undefined && this.claims.get(newest) === this.log.path;
  }

  private unclaimed(): readonly Sibling[] {
    const claimed = new Set(this.claims.values());
    return this.siblings.filter((sibling) => !claimed.has(sibling.path));
  }

  private async claimByIdentity(): Promise<void> {
    for (const generation of this.known) {
      if (this.claims.has(generation)) continue;
      if (this.current && isSameFile(generation, this.current.file)) {
        if (await fits(this.current, generation)) this.claims.set(generation, this.log.path);
        continue;
      }
      const sibling = this.siblings.find((candidate) => isSameFile(generation, candidate));
      if (sibling && (isFinished(sibling, generation) || (await this.fits(sibling, generation))))
        this.claims.set(generation, sibling.path);
    }
  }

  private async claimByContent(): Promise<void> {
    for (const generation of this.known) {
      if (this.claims.has(generation) || !hasContent(generation)) continue;
      const isCurrentTaken = [...this.claims.values()].includes(this.log.path);
      // A few equal lines at the start do not make a new file the old one: in doubt it is read from its start.
      if (this.current && !isCurrentTaken && isStrong(generation) && (await fits(this.current, generation))) {
        this.claims.set(generation, this.log.path);
        continue;
      }
      for (const sibling of this.unclaimed()) {
        if (!(await this.fits(sibling, generation))) continue;
        this.claims.set(generation, sibling.path);
        break;
      }
    }
  }

  /**
   * copytruncate keeps the inode: a log that began anew with the lines it began with before looks like itself.
   * What gives it away is a copy that holds more of the old log than the new one does.
   */
  private async unclaimTruncated(): Promise<void> {
    const newest = this.known[0];
    if (!newest || !this.current || !this.isCurrentKnown() || !hasContent(newest)) return;
    for (const sibling of this.unclaimed()) {
      if (!(await this.fits(sibling, newest))) continue;
      const copy = this.open(sibling);
      if (!copy || (await isBeginningOf(copy, this.current))) continue;
      this.claims.set(newest, sibling.path);
      return;
    }
  }

  private async conclude(): Promise<Whereabouts> {
    const isCurrentKnown = this.isCurrentKnown();
    const kept: Generation[] = [];
    const parts: Part[] = [];
    for (const generation of this.known) {
      const path = this.claims.get(generation);
      if (path === undefined) {
        if (this.unreadable.size > 0) kept.push(generation);
        continue;
      }
      const sibling = this.siblings.find((candidate) => candidate.path === path);
      if (sibling && isSameFile(generation, sibling) && isFinished(sibling, generation)) {
        kept.push(generation);
        continue;
      }
      const content = sibling ? this.open(sibling) : this.current;
      if (!content) throw new Error(`bug: "${path}" was claimed and is not open`);
      kept.push(generation);
      parts.unshift({ content, generation, isCurrent: content === this.current });
    }
    const fresh = this.unclaimed().toReversed();
    this.noteLost(fresh.length > 0);
    // What turned up beside a log that is still the same is history or a copy, unless an empty file left its place.
    const mayBeNews =
      !isCurrentKnown || this.known.some((known) => !this.claims.has(known) && !hasContent(known));
    for (const sibling of fresh) {
      const content = this.open(sibling);
      if (!content) kept.push(asPending(sibling, this.log.now));
      else if (!mayBeNews || (await this.isCopy(content))) kept.push(await this.history(content, sibling));
      else parts.push({ content, generation: undefined, isCurrent: false });
    }
    for (const [path, reason] of this.unreadable)
      this.notices.push({ where: path, what: reason, done: "not read, will be tried again" });
    if (this.current && !isCurrentKnown)
      parts.push({ content: this.current, generation: undefined, isCurrent: true });
    // The log itself comes last, behind everything that was rotated away before it.
    parts.sort((one, other) => Number(one.isCurrent) - Number(other.isCurrent));
    return { parts, generations: kept, notices: this.notices };
  }

  private async history(content: Content, sibling: Sibling): Promise<Generation> {
    try {
      return await asHistory(content, this.log.framing);
    } catch (error) {
      this.unreadable.set(sibling.path, reasonOf(error));
      return asPending(sibling, this.log.now);
    }
  }

  /** Whether a file that was never read is but a copy of another one, as logrotate's `copy` makes them. */
  private async isCopy(content: Content): Promise<boolean> {
    if (this.current && this.isCurrentKnown() && (await isBeginningOf(content, this.current))) return true;
    if (!(await isSubstantial(content))) return false;
    const others = [this.current, ...this.opened.values()];
    for (const other of others)
      if (other && other !== content && (await isBeginningOf(content, other))) return true;
    return false;
  }

  private noteLost(hasFresh: boolean): void {
    if (this.unreadable.size > 0) return;
    const where = this.log.path;
    for (const generation of this.known) {
      const path = this.claims.get(generation);
      const isNewest = generation === this.known[0];
      const isSame = this.current !== undefined && isSameFile(generation, this.current.file);
      if (path !== undefined) {
        if (isNewest && isSame && path !== where)
          this.notices.push({
            where,
            what: `was copied to "${path}" and truncated`,
            done: "read on in the copy; lines written between the two are lost",
          });
        continue;
      }
      if (isNewest && isSame && this.current) {
        const { sizeBytes } = this.current.file;
        const what =
          sizeBytes < generation.offsetBytes
            ? `shrank from ${generation.offsetBytes} to ${sizeBytes} bytes`
            : "was truncated and written anew";
        this.notices.push({ where, what, done: "reading again from the start; unread lines may be lost" });
        continue;
      }
      // Rotation deletes the oldest first: while an older file is there, an empty one that has no content to be
      // known by is among those that were found.
      const isAmongFresh = hasFresh && !hasContent(generation) && this.claims.size > 0;
      if (isNewest ? !isAmongFresh : isUnfinished(generation))
        this.notices.push({
          where,
          what: `the file that was read up to byte ${generation.offsetBytes} is gone`,
          done: "lines written to it after that are lost",
        });
    }
  }
}

/** Whether nothing of the sibling is left to read, going by what the directory says of it. */
function isFinished(sibling: Sibling, generation: Generation): boolean {
  // An archive bears its identity in a position only once it was read to its end.
  if (splitCompression(sibling.path).compression !== undefined) return generation.offsetBytes > 0;
  return sibling.sizeBytes === generation.offsetBytes + (generation.flushedBytes ?? 0);
}

function isUnfinished(generation: Generation): boolean {
  return generation.unfinishedSince !== undefined;
}

/** A generation of which nothing could be read yet. */
export function asPending({ device, inode, birthtimeMs }: FileIdentity, now: Date): Generation {
  const unfinishedSince = now.toISOString();
  return { device, inode, birthtimeMs, offsetBytes: 0, head: emptyMark, tail: emptyMark, unfinishedSince };
}
