/** Runs the program as a user does: the bundle, in a process of its own, in a place of its own. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const program = resolve("dist/logwinnow.cjs");

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What was printed, byte for byte. */
  readonly bytes: Buffer;
}

/** A temporary directory with a state and a cache of its own, removed by `remove`. */
export class Sandbox {
  readonly directory = mkdtempSync(join(tmpdir(), "logwinnow-test-"));

  path(...names: readonly string[]): string {
    return join(this.directory, ...names);
  }

  write(name: string, content: string | Uint8Array): string {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Environment in which nothing of the machine's own configuration, state or cache is used. */
  get environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: this.directory,
      TZ: "UTC",
      STATE_DIRECTORY: this.path("state"),
      CACHE_DIRECTORY: this.path("cache"),
    };
  }

  run(
    args: readonly string[],
    given: { input?: string | Uint8Array; env?: NodeJS.ProcessEnv } = {},
  ): Outcome {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [program, ...args], {
      cwd: this.directory,
      env: { ...this.environment, ...given.env },
      input: given.input ?? "",
      maxBuffer: 1 << 30,
    });
    if (error) throw error;
    return { status, stdout: stdout.toString(), stderr: stderr.toString(), bytes: stdout };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
