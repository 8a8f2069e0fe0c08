/** Asks for the programs that a test drives. A missing one skips the test by name; where CI is set, it fails it. */
import { spawnSync } from "node:child_process";
import type { Context } from "mocha";

function isInstalled(tool: string): boolean {
  const path = `${process.env.PATH ?? ""}:/usr/sbin:/sbin`;
  return spawnSync("sh", ["-c", 'command -v -- "$1"', "sh", tool], { env: { PATH: path } }).status === 0;
}

/** Skips the running test or suite unless all tools, names or absolute paths, are there. */
export function needsTool(context: Context, ...tools: readonly string[]): void {
  const missing = tools.filter((tool) => !isInstalled(tool));
  if (missing.length === 0) return;
  if (process.env.CI === "true") throw new Error(`needs ${missing.join(", ")}: install it in .ci/run`);
  const running = context.test ?? context.currentTest;
  if (running) running.title += ` (skipped: ${missing.join(", ")} is not installed)`;
  context.skip();
}
