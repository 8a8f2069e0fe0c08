/**
 * A log as the world treats it: written, rotated, copied, truncated, deleted, on real files.
 * Promise: it knows which lines the files hold, by reading them, and never asks the code under test.
 */
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

export type Naming = "numbered" | "savelog" | "dateext" | "olddir";

export class World {
  readonly path: string;
  private readonly directory: string;
  private readonly naming: Naming;
  private readonly keptFiles: number;
  private readonly lineBytes: number;
  private readonly isDated: boolean;
  /** An older copy of the log, outside of its directory. */
  private saved: Buffer | undefined;
  /** What a writer still has to write of the line that it left unfinished in a file, by inode. */
  private readonly unfinished = new Map<number, string>();
  /** The files that a writer may still have open, by inode. */
  private readonly renamed = new Set<number>();
  private lineCount = 0;
  private rotationCount = 0;

  constructor(directory: string, naming: Naming, keptFiles: number, lineBytes: number, isDated: boolean) {
    this.directory = directory;
    this.naming = naming;
    this.keptFiles = keptFiles;
    this.lineBytes = lineBytes;
    this.isDated = isDated;
    this.path = join(directory, "app.log");
    mkdirSync(join(directory, "old"));
  }

  /** Whole lines that the files hold now. */
  heldLines(): Set<string> {
    const lines = new Set<string>();
    for (const path of this.files()) {
      const bytes = path.endsWith(".gz") ? gunzipSync(readFileSync(path)) : readFileSync(path);
      for (const line of bytes.toString("latin1").match(/[^\n]*\n/g) ?? []) lines.add(line);
    }
    return lines;
  }

  bytes(): Buffer {
    return existsSync(this.path) ? readFileSync(this.path) : Buffer.alloc(0);
  }

  stats(): Stats | undefined {
    return statSync(this.path, { throwIfNoEntry: false });
  }

  write(count: number, path: string = this.path): void {
    for (let written = 0; written < count; written++)
      appendFileSync(path, this.finish(path) + this.newLine());
  }

  /** Leaves the next line of the log unfinished. */
  writePart(path: string = this.path): void {
    const text = this.finish(path) + this.newLine();
    const length = text.length - 1 - (this.lineCount % 5);
    appendFileSync(path, text.slice(0, length));
    this.unfinished.set(statSync(path).ino, text.slice(length));
  }

  /** A writer that has not heard of the last rotation. */
  writeLate(count: number): void {
    const newest = this.rotated().find((path) => this.renamed.has(statSync(path).ino));
    if (newest !== undefined) this.write(count, newest);
  }

  rename(isCreated: boolean): void {
    if (!existsSync(this.path)) return;
    const target = this.makeRoom();
    this.renamed.add(statSync(this.path).ino);
    renameSync(this.path, target);
    if (isCreated) closeSync(openSync(this.path, "a"));
  }

  /** logrotate's `copy` and `copytruncate`; what is written between the copy and the truncation is in neither. */
  copy(isTruncated: boolean, linesBetween: number): void {
    if (!existsSync(this.path)) return;
    copyFileSync(this.path, this.makeRoom());
    if (!isTruncated) return;
    this.write(linesBetween);
    this.unfinished.delete(statSync(this.path).ino);
    truncateSync(this.path);
  }

  truncate(lines: number): void {
    if (existsSync(this.path)) this.unfinished.delete(statSync(this.path).ino);
    writeFileSync(this.path, "");
    this.write(lines);
  }

  remove(lines: number): void {
    if (!existsSync(this.path)) return;
    this.unlink(this.path);
    this.write(lines);
  }

  /** Keeps a copy of the log for later. */
  save(): void {
    if (existsSync(this.path)) this.saved = readFileSync(this.path);
  }

  savedLines(): readonly string[] {
    return this.saved?.toString("latin1").match(/[^\n]*\n/g) ?? [];
  }

  /** Puts the copy in the log's place. */
  setBack(isNewFile: boolean): void {
    if (this.saved) this.replace(this.saved, isNewFile);
  }

  /** What `sed -i`, `tail` or a file system that lost the last blocks leave of the log. `place`: from 0 to 1. */
  edit(
    kind: "delete line" | "change line" | "cut beginning" | "cut end",
    place: number,
    isNewFile: boolean,
  ): void {
    if (!existsSync(this.path)) return;
    const lines = readFileSync(this.path, "latin1").match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const index = Math.floor(place * lines.length);
    if (kind === "delete line") lines.splice(index, 1);
    else if (kind === "cut beginning") lines.splice(0, index);
    else if (kind === "cut end") lines.splice(index);
    // Longer by so much that no other line is as long.
    else if (lines[index] !== undefined)
      lines[index] = lines[index].replace(/$|(?=\n)/, ` ${"changed".repeat(50)}`);
    this.replace(Buffer.from(lines.join(""), "latin1"), isNewFile);
  }

  /** Compresses the rotated files but for the newest `delayed` ones. */
  compress(delayed: number): void {
    for (const path of this.rotated().slice(delayed)) {
      if (path.endsWith(".gz")) continue;
      const { atime, mtime } = statSync(path);
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
      utimesSync(`${path}.gz`, atime, mtime);
      this.unlink(path);
    }
  }

  private replace(bytes: Buffer, isNewFile: boolean): void {
    if (existsSync(this.path)) this.unfinished.delete(statSync(this.path).ino);
    if (isNewFile) {
      writeFileSync(`${this.path}.tmp~new`, bytes);
      renameSync(`${this.path}.tmp~new`, this.path);
    } else writeFileSync(this.path, bytes);
  }

  private newLine(): string {
    const number = ++this.lineCount;
    // The lengths differ, so that fingerprints and buffers end at every place in a line.
    const text = `${number} ${"x".repeat((number * 7) % this.lineBytes)} ${number}\n`;
    if (!this.isDated) return `no. ${text}`;
    return `${new Date(Date.UTC(2026, 10, 22) + number * 250).toISOString().slice(0, 19)}Z ${text}`;
  }

  private finish(path: string): string {
    if (!existsSync(path)) return "";
    const { ino } = statSync(path);
    const rest = this.unfinished.get(ino) ?? "";
    this.unfinished.delete(ino);
    return rest;
  }

  private unlink(path: string): void {
    const { ino } = statSync(path);
    this.unfinished.delete(ino);
    this.renamed.delete(ino);
    unlinkSync(path);
  }

  private files(): readonly string[] {
    return [...this.rotated(), ...(existsSync(this.path) ? [this.path] : [])];
  }

  /** Newest first. */
  private rotated(): readonly string[] {
    const directory = this.naming === "olddir" ? join(this.directory, "old") : this.directory;
    const names = readdirSync(directory).filter((name) => name.startsWith("app.log") && name !== "app.log");
    const order = (name: string): number => Number(/\d+/.exec(name.slice("app.log".length))?.[0]);
    const sorted = names.toSorted((one, other) => order(one) - order(other));
    if (this.naming === "dateext") sorted.reverse();
    return sorted.map((name) => join(directory, name));
  }

  /** Moves the rotated files on, deletes the oldest, and gives the name for the next one. */
  private makeRoom(): string {
    this.rotationCount++;
    for (const path of this.rotated().slice(this.keptFiles - 1)) this.unlink(path);
    if (this.naming === "dateext") return join(this.directory, `app.log-${20261122 + this.rotationCount}`);
    for (const path of this.rotated().toReversed())
      renameSync(
        path,
        path.replace(/\.log\.(\d+)/, (_, number) => `.log.${Number(number) + 1}`),
      );
    if (this.naming === "olddir") return join(this.directory, "old", "app.log.1");
    return `${this.path}.${this.naming === "savelog" ? 0 : 1}`;
  }
}
