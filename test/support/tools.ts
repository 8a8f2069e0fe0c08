/** Asks for the programs that a test drives. A missing one skips the test by name; where CI is set, it fails it. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
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
  skipByName(context, `${missing.join(", ")} is not installed`);
}

/** Skips the running test or suite unless the Node that logwinnow-standalone brings is there. */
export function needsBroughtNode(context: Context): void {
  if (existsSync(`packaging/node/node_modules/node-linux-${process.arch}`)) return;
  const command = "npm ci --prefix packaging/node";
  if (process.env.CI === "true") throw new Error(`needs what "${command}" installs: .ci/run does it`);
  skipByName(context, `needs what "${command}" installs`);
}

/** Skips the running test or suite, by name, for anybody but root. */
export function needsRoot(context: Context): void {
  if (process.getuid?.() === 0) return;
  skipByName(context, "needs root");
}

/** Skips the running test or suite, by name, where the machine does not let root have mounts of its own. */
export function needsMounts(context: Context): void {
  needsTool(context, "unshare");
  needsRoot(context);
  const mount = "mount -t tmpfs none /mnt";
  const { status } = spawnSync("unshare", ["--mount", "--propagation", "private", "sh", "-c", mount]);
  if (status !== 0) skipByName(context, "needs mounts of its own");
}

function skipByName(context: Context, reason: string): never {
  const running = context.test ?? context.currentTest;
  if (running) running.title += ` (skipped: ${reason})`;
  return context.skip();
}
