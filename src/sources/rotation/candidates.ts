/**
 * The files around a log that may hold its lines: the one that bears its name, and what rotation may have made of it.
 * Promise: each is opened once and stays the same file, whatever happens to its name.
 */
import { lstatSync, realpathSync } from "node:fs";
import { ArchiveError } from "../bytes/compressed.js";
import { MissingToolError } from "../bytes/tool.js";
import { closeContent, fits, isBeginningOf, openContent, type Content } from "./content.js";
import { isMissing, isSameFile, reasonOf } from "../bytes/open.js";
import { errorCode } from "../../std/system-error.js";
import { pathText, systemPath } from "../../std/text/path-text.js";
import type { Log } from "./log.js";
import { filesAround, type Sibling } from "./siblings.js";
import type { Segment } from "./segment.js";
import { Surroundings } from "./surroundings.js";
import { distrustOf } from "./trusted-place.js";

export class Candidates {
  /** The file that bears the log's name, if there is one. */
  readonly current: Content | undefined;
  /** Why a sibling could not be read, by its path. */
  readonly unreadable = new Map<string, string>();
  /** Why a directory could not be listed, by its path: a rotated file may be in it. */
  readonly unlisted = new Map<string, string>();
  readonly surroundings: Surroundings;
  private readonly log: Log;
  private readonly opened = new Map<string, Content>();
  private listed: readonly Sibling[] = [];
  private isWide = false;
  private inodes: readonly number[] = [];

  /** Throws when the log is there but cannot be opened. */
  constructor(log: Log) {
    this.log = log;
    this.surroundings = log.surroundings ?? new Surroundings();
    this.current = this.openCurrent();
    this.listed = this.list();
  }

  /** Last written first; without the current file under another name. */
  get siblings(): readonly Sibling[] {
    return this.listed;
  }

  /** Looks into the other directories too that rotation may move a log to. */
  widen(): void {
    if (this.isWide) return;
    this.isWide = true;
    this.listed = this.list();
  }

  /** Looks for files with these inodes as well, whatever their names are. */
  lookFor(inodes: readonly number[]): void {
    this.inodes = inodes;
    this.listed = this.list();
  }

  /** Whether another log reads the file that bears the log's name now. */
  async isCurrentOfAnother(): Promise<boolean> {
    return this.current !== undefined && this.surroundings.isOfAnother(this.log.path, this.current);
  }

  /** The sibling's content; undefined, and remembered as unreadable, when it cannot be opened. Throws when it is gone. */
  open(sibling: Sibling): Content | undefined {
    const known = this.opened.get(sibling.path);
    if (known) return this.unreadable.has(sibling.path) ? undefined : known;
    try {
      const content = openContent(sibling.path, false);
      this.opened.set(sibling.path, content);
      requireTrust(sibling.path, content, this.log.followLinks);
      return content;
    } catch (error) {
      if (isMissing(error)) throw error;
      this.unreadable.set(sibling.path, reasonOf(error));
      return undefined;
    }
  }

  /** Whether the sibling holds what the segment's fingerprints stand for. */
  async fits(sibling: Sibling, segment: Segment): Promise<boolean> {
    const content = this.open(sibling);
    if (!content) return false;
    return (await this.unlessDamaged(sibling, () => fits(content, segment))) ?? false;
  }

  /** Whether everything that the sibling holds is how the other content begins. */
  async isBeginning(sibling: Sibling, other: Content): Promise<boolean> {
    const content = this.open(sibling);
    if (!content) return false;
    return (await this.unlessDamaged(sibling, () => isBeginningOf(content, other))) ?? false;
  }

  /** The answer; undefined when an archive is damaged, or its program is missing, which is remembered. */
  async unlessDamaged<Answer>(sibling: Sibling, ask: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof MissingToolError) this.unreadable.set(sibling.path, error.message);
      else if (!(error instanceof ArchiveError)) throw error;
      return undefined;
    }
  }

  /** Whether all names still stand for the files that they stood for when they were listed. */
  areUndisturbed(): boolean {
    const names = (siblings: readonly Sibling[]) =>
      siblings
        .map(({ path, inode }) => `${inode} ${path}`)
        .toSorted()
        .join("\n");
    if (names(this.listed) !== names(this.list())) return false;
    const stats = lstatSync(systemPath(this.log.path), { throwIfNoEntry: false });
    if (!stats || !this.current) return !stats && !this.current;
    return this.log.followLinks || stats.ino === this.current.file.inode;
  }

  /** Closes all files but these. */
  closeAllBut(kept: ReadonlySet<Content>): void {
    for (const content of this.opened.values()) if (!kept.has(content)) closeContent(content);
    if (this.current && !kept.has(this.current)) closeContent(this.current);
  }

  private openCurrent(): Content | undefined {
    try {
      const { path, followLinks } = this.log;
      const content = openContent(path, followLinks);
      try {
        requireTrust(path, content, followLinks);
        return content;
      } catch (error) {
        closeContent(content);
        throw error;
      }
    } catch (error) {
      // Not for ENOTDIR: a directory that a file took the place of may come back.
      if (errorCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  private list(): readonly Sibling[] {
    const current = this.current?.file;
    // What a link leads to is rotated beside itself, the link's own older targets stand beside the link.
    const { path, followLinks } = this.log;
    const paths = new Set([path, ...(followLinks ? [targetOf(path)] : [])]);
    const search = {
      ...this.log,
      surroundings: this.surroundings,
      isWide: this.isWide,
      inodes: this.inodes,
      onUnlisted: (directory: string, error: unknown) => this.unlisted.set(directory, reasonOf(error)),
    };
    const siblings = [...paths].flatMap((one) => filesAround(one, search));
    const byPath = new Map(siblings.map((sibling) => [sibling.path, sibling]));
    return [...byPath.values()].filter((sibling) => !current || !isSameFile(sibling, current));
  }
}

function requireTrust(path: string, { file }: Content, followLinks: boolean): void {
  const reason = distrustOf(path, file.descriptor, followLinks);
  if (reason !== undefined) throw new Error(reason);
}

function targetOf(path: string): string {
  try {
    return pathText(realpathSync(systemPath(path), { encoding: "buffer" }));
  } catch {
    // It leads nowhere now.
    return path;
  }
}
