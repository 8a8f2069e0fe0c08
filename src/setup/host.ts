/**
 * The system that is set up: its files below a root directory, and its programs.
 * Promise: a file is replaced whole or not at all, and keeps its owner and mode.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { replaceReadable } from "../std/readable-file.js";
import { systemReason } from "../std/system-error.js";

/** Something that could not be done. The message says where and why. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}

export class Host {
  readonly #root: string;

  /** In: where the system's files are; "/" is the one that runs. */
  constructor(root = "/") {
    this.#root = root;
  }

  /** Whether it is the system that runs: only that one's programs can be asked. */
  get isRunning(): boolean {
    return this.#root === "/";
  }

  path(path: string): string {
    return join(this.#root, path);
  }

  exists(path: string): boolean {
    return existsSync(this.path(path));
  }

  /** Undefined where there is none. */
  read(path: string): string | undefined {
    try {
      return this.exists(path) ? readFileSync(this.path(path), "utf8") : undefined;
    } catch (error) {
      throw new SetupError(`${path}: ${systemReason(error)}: stopped`, { cause: error });
    }
  }

  /** `mode`: of a new file; left out: 0644. */
  write(path: string, text: string, mode?: number): void {
    try {
      replaceReadable([
        { path: this.path(path), bytes: Buffer.from(text), ...(mode !== undefined && { mode }) },
      ]);
    } catch (error) {
      throw new SetupError(`${path}: ${systemReason(error)}: not changed`, { cause: error });
    }
  }

  remove(path: string): void {
    rmSync(this.path(path), { force: true });
  }

  /** Whether a program ended with status 0. Out: also what it printed. */
  try(command: string, ...words: readonly string[]): { readonly isDone: boolean; readonly said: string } {
    const { status, stdout, stderr } = spawnSync(command, words, { encoding: "utf8", timeout: 60_000 });
    return { isDone: status === 0, said: `${stdout ?? ""}${stderr ?? ""}`.trim() };
  }

  /** Throws a SetupError where it ends otherwise than with status 0. */
  run(command: string, ...words: readonly string[]): void {
    const { isDone, said } = this.try(command, ...words);
    if (!isDone)
      throw new SetupError(`${[command, ...words].join(" ")}: failed${said && `: ${said}`}: stopped`);
  }
}
