/**
 * Lists directories, each once for as long as nothing in it changes its name.
 * Promise: a listing that is given is as good as one made now, so that a run over many logs of one directory reads it
 * once.
 */
import { lstatSync, readdirSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { splitCompression } from "../bytes/compression.js";
import { isSettled } from "../bytes/open.js";
import { pathText, systemPath } from "../../std/text/path-text.js";

export class Directories {
  private readonly known = new Map<string, { readonly listing: Listing; readonly stamp: string }>();
  private readonly last = new Map<string, Listing>();

  /** What is in the directory now. Throws the system's error. */
  list(path: string): Listing {
    const stats = statSync(systemPath(path), { bigint: true });
    const stamp = `${stats.dev} ${stats.ino} ${stats.ctimeNs}`;
    const known = this.known.get(path);
    if (known?.stamp === stamp) return known.listing;
    // A change after this within the same tick would leave no trace in the directory's times.
    const isStampUsed = isSettled(Number(stats.ctimeNs) / 1e6);
    const listing = new Listing(path, entriesOf(path));
    this.last.set(path, listing);
    if (isStampUsed) this.known.set(path, { listing, stamp });
    else this.known.delete(path);
    return listing;
  }

  /** What was in the directory at some time of this run. Throws the system's error. */
  listOnce(path: string): Listing {
    return this.last.get(path) ?? this.list(path);
  }
}

/** The entries of a directory by their names. Names as `pathText` gives them. */
function entriesOf(path: string): ReadonlyMap<string, Dirent | Dirent<Buffer>> {
  const where = systemPath(path);
  const entries = readdirSync(where, { withFileTypes: true });
  // Where a name is no UTF-8, its text leads nowhere.
  if (!entries.some(({ name }) => name.includes("\ufffd")))
    return new Map(entries.map((entry) => [entry.name, entry]));
  const asBytes = readdirSync(where, { withFileTypes: true, encoding: "buffer" });
  return new Map(asBytes.map((entry) => [pathText(entry.name), entry]));
}

/** What a directory held when it was listed. */
export class Listing {
  readonly path: string;
  private readonly entries: ReadonlyMap<string, Dirent | Dirent<Buffer>>;
  private sortedNames: readonly string[] | undefined;
  private directoryNames: readonly string[] | undefined;
  private byEnding: readonly Ending[] | undefined;
  private readonly byInode = new Map<number, readonly string[]>();
  private hasInodes = false;

  constructor(path: string, entries: ReadonlyMap<string, Dirent | Dirent<Buffer>>) {
    this.path = path;
    this.entries = entries;
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  isFile(name: string): boolean {
    return this.entries.get(name)?.isFile() === true;
  }

  /** What an entry was when the directory was listed, a link being one itself; undefined where there is none. */
  entry(name: string): Dirent | Dirent<Buffer> | undefined {
    return this.entries.get(name);
  }

  /** Sorted. */
  names(): readonly string[] {
    return (this.sortedNames ??= [...this.entries.keys()].sort());
  }

  directories(): readonly string[] {
    return (this.directoryNames ??= [...this.entries]
      .filter(([, entry]) => entry.isDirectory())
      .map(([name]) => name));
  }

  /** The names that begin with a text. */
  namesFrom(prefix: string): readonly string[] {
    const [start, end] = this.rangeFrom(prefix);
    return this.names().slice(start, end);
  }

  /** The names that end in a text, whether an archive's suffix comes after it or not. */
  namesTo(suffix: string): readonly string[] {
    const [start, end] = this.rangeTo(suffix);
    return this.endings()
      .slice(start, end)
      .map(({ name }) => name);
  }

  /** The names that do both. Looks at the fewer of either. */
  namesFromTo(prefix: string, suffix: string): readonly string[] {
    const [[from, fromEnd], [to, toEnd]] = [this.rangeFrom(prefix), this.rangeTo(suffix)];
    return fromEnd - from < toEnd - to
      ? this.namesFrom(prefix).filter((name) => splitCompression(name).stem.endsWith(suffix))
      : this.namesTo(suffix).filter((name) => name.startsWith(prefix));
  }

  private endings(): readonly Ending[] {
    return (this.byEnding ??= [...this.entries.keys()]
      .map((name): Ending => ({ reversed: reversed(splitCompression(name).stem), name }))
      .sort((one, other) => (one.reversed < other.reversed ? -1 : 1)));
  }

  private rangeFrom(prefix: string): readonly [number, number] {
    const names = this.names();
    return rangeOf(names.length, (index) => names[index] ?? "", prefix);
  }

  private rangeTo(suffix: string): readonly [number, number] {
    const endings = this.endings();
    return rangeOf(endings.length, (index) => endings[index]?.reversed ?? "", reversed(suffix));
  }

  /** The names of the regular files with this inode. Looks at each file once, however often it is asked. */
  namesOfInode(inode: number): readonly string[] {
    if (!this.hasInodes) this.readInodes();
    return this.byInode.get(inode) ?? [];
  }

  private readInodes(): void {
    this.hasInodes = true;
    for (const [name, entry] of this.entries) {
      if (!entry.isFile()) continue;
      try {
        const { ino } = lstatSync(systemPath(join(this.path, name)));
        this.byInode.set(ino, [...(this.byInode.get(ino) ?? []), name]);
      } catch {
        // Gone since, or not to be looked at: whoever needs it finds out by its name.
      }
    }
  }
}

interface Ending {
  /** The name without an archive's suffix, from its end to its start. */
  readonly reversed: string;
  readonly name: string;
}

/** By code units. */
function reversed(text: string): string {
  let result = "";
  for (let index = text.length - 1; index >= 0; index--) result += text[index] ?? "";
  return result;
}

/** Of sorted texts, the indices of those that begin with a prefix: from the first to before the second. */
function rangeOf(
  length: number,
  textAt: (index: number) => string,
  prefix: string,
): readonly [number, number] {
  const start = firstIndex(0, length, (index) => textAt(index) >= prefix);
  return [start, firstIndex(start, length, (index) => !textAt(index).startsWith(prefix))];
}

/** The first index for which it holds, as for all after it. */
function firstIndex(from: number, length: number, holds: (index: number) => boolean): number {
  let [low, high] = [from, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
