/**
 * A disk in memory that can lose its power.
 * Promise: after a power loss it shows every state that a real disk may show: names and bytes that were not synced are
 * there, gone, cut or zeroed, in any combination.
 */
import { basename, dirname } from "node:path";
import { DiskError, type Disk } from "../../src/std/disk.js";

/** Thrown at the operation that the power failed at. */
export class PowerLoss extends Error {}

interface Inode {
  content: Uint8Array;
  /** After how many operations it was noted as used. */
  usedAt?: number;
  isSynced: boolean;
}

/** What one operation does to the names of one directory, in one step. */
interface NameChange {
  readonly set?: readonly [string, Inode];
  readonly removed?: string;
}

interface Directory {
  durable: Map<string, Inode>;
  pending: NameChange[];
}

/** A whole disk at rest, as it may be found after a power loss. */
export type Image = ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;

export class ModelDisk implements Disk {
  readonly operations: string[] = [];
  readonly #directories = new Map<string, Directory>();
  /** The power fails before the operation of this number, from 0. */
  readonly #failsAt: number;
  /** Stands for an error such as ENOSPC: thrown in place of the operation of this number, once. */
  readonly #errorAt: number;

  constructor(image: Image = new Map(), failsAt = Infinity, errorAt = Infinity) {
    this.#failsAt = failsAt;
    this.#errorAt = errorAt;
    // Names that share their bytes are names of one file.
    const inodes = new Map<Uint8Array, Inode>();
    for (const [path, files] of image) {
      const durable = new Map<string, Inode>();
      for (const [name, content] of files) {
        const inode = inodes.get(content) ?? { content, isSynced: true };
        inodes.set(content, inode);
        durable.set(name, inode);
      }
      this.#directories.set(path, { durable, pending: [] });
    }
  }

  ensurePrivateDirectory(path: string): void {
    if (this.#directories.has(path)) return;
    this.#operate(`mkdir ${path}`);
    this.#directories.set(path, { durable: new Map(), pending: [] });
  }

  list(directory: string): readonly string[] {
    return this.#directories.has(directory) ? [...this.#names(directory).keys()].sort() : [];
  }

  read(path: string, maxBytes = Infinity): Uint8Array | undefined {
    return this.#names(dirname(path)).get(basename(path))?.content.subarray(0, maxBytes);
  }

  sizeBytes(path: string): number {
    return this.#inode(path).content.length;
  }

  lastUseMs(path: string): number {
    return this.#inode(path).usedAt ?? 0;
  }

  noteUse(path: string): void {
    this.#inode(path).usedAt = this.operations.length;
  }

  writeNew(path: string, bytes: Uint8Array): void {
    this.#requireFree(path);
    this.#operate(`create ${path}`);
    const inode: Inode = { content: new Uint8Array(), isSynced: false };
    this.#change(path, { set: [basename(path), inode] });
    try {
      this.#operate(`write ${path}`);
      inode.content = Uint8Array.from(bytes);
      this.#operate(`fsync ${path}`);
      inode.isSynced = true;
    } catch (error) {
      if (error instanceof DiskError) this.#change(path, { removed: basename(path) });
      throw error;
    }
  }

  link(from: string, to: string): void {
    this.#requireFree(to);
    this.#operate(`link ${from} ${to}`);
    this.#change(to, { set: [basename(to), this.#inode(from)] });
  }

  rename(from: string, to: string): void {
    const inode = this.#inode(from);
    this.#operate(`rename ${from} ${to}`);
    // POSIX: when both names show the same file, rename does nothing at all.
    if (this.#names(dirname(to)).get(basename(to)) === inode) return;
    if (dirname(from) === dirname(to))
      this.#change(to, { set: [basename(to), inode], removed: basename(from) });
    else {
      this.#change(to, { set: [basename(to), inode] });
      this.#change(from, { removed: basename(from) });
    }
  }

  unlink(path: string): void {
    this.#inode(path);
    this.#operate(`unlink ${path}`);
    this.#change(path, { removed: basename(path) });
  }

  syncDirectory(directory: string): void {
    this.#operate(`fsync ${directory}`);
    const entry = this.#directory(directory);
    entry.durable = apply(entry.durable, entry.pending);
    entry.pending = [];
  }

  /** Everything as a program would see it now. */
  image(): Image {
    return imageOf([...this.#directories].map(([path]) => [path, this.#names(path)] as const));
  }

  /** All that may be found when the power comes back. */
  *imagesAfterPowerLoss(): Generator<Image> {
    const directories = [...this.#directories];
    const changes = directories.flatMap(([, { pending }]) => pending);
    for (let survivors = 0; survivors < 2 ** changes.length; survivors++) {
      const survived = new Set(changes.filter((_change, index) => (survivors >> index) % 2 === 1));
      const names = directories.map(
        ([path, { durable, pending }]) =>
          [
            path,
            apply(
              durable,
              pending.filter((change) => survived.has(change)),
            ),
          ] as const,
      );
      const isAnyUnsynced = names.some(([, files]) => [...files.values()].some(({ isSynced }) => !isSynced));
      for (const damage of isAnyUnsynced ? damages : damages.slice(0, 1)) yield imageOf(names, damage);
    }
  }

  #operate(description: string): void {
    if (this.operations.length >= this.#failsAt) throw new PowerLoss(description);
    this.operations.push(description);
    if (this.operations.length - 1 === this.#errorAt)
      throw new DiskError(description, "no space left on device (ENOSPC)");
  }

  #names(directory: string): Map<string, Inode> {
    const { durable, pending } = this.#directory(directory);
    return apply(durable, pending);
  }

  #directory(path: string): Directory {
    const directory = this.#directories.get(path);
    if (!directory) throw new DiskError(path, "no such directory (ENOENT)");
    return directory;
  }

  #inode(path: string): Inode {
    const inode = this.#names(dirname(path)).get(basename(path));
    if (!inode) throw new DiskError(path, "no such file (ENOENT)");
    return inode;
  }

  #requireFree(path: string): void {
    if (this.#names(dirname(path)).has(basename(path))) throw new DiskError(path, "file exists (EEXIST)");
  }

  #change(path: string, change: NameChange): void {
    this.#directory(dirname(path)).pending.push(change);
  }
}

function apply(names: ReadonlyMap<string, Inode>, changes: readonly NameChange[]): Map<string, Inode> {
  const result = new Map(names);
  for (const { set, removed } of changes) {
    if (removed !== undefined) result.delete(removed);
    if (set) result.set(...set);
  }
  return result;
}

/** What may become of bytes that were written and not synced. */
const damages: readonly ((content: Uint8Array) => Uint8Array)[] = [
  (content) => content,
  () => new Uint8Array(),
  (content) => content.subarray(0, content.length / 2),
  (content) => new Uint8Array(content.length),
];

function imageOf(
  names: readonly (readonly [string, ReadonlyMap<string, Inode>])[],
  damage = (content: Uint8Array): Uint8Array => content,
): Image {
  return new Map(
    names.map(([path, files]) => [
      path,
      new Map(
        [...files].map(([name, { content, isSynced }]) => [name, isSynced ? content : damage(content)]),
      ),
    ]),
  );
}
