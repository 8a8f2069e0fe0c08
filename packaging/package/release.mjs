/** What is being packaged: its name, its version, and the one moment that all packages are dated by. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

export const manifest = JSON.parse(readFileSync("package.json", "utf8"));

/** In Debian's spelling a pre-release sorts before its release. */
export const debianVersion = manifest.version.replace("-", "~");

/** Seconds since 1970: $SOURCE_DATE_EPOCH, else the time of the last commit, else of 2026. */
export const epoch = Number(process.env.SOURCE_DATE_EPOCH ?? (timeOfCommit() || 1_767_225_600));

if (!Number.isSafeInteger(epoch) || epoch < 0)
  throw new Error(`SOURCE_DATE_EPOCH: expected seconds, found "${process.env.SOURCE_DATE_EPOCH}"`);

function timeOfCommit() {
  return spawnSync("git", ["log", "-1", "--format=%ct"], { encoding: "utf8" }).stdout?.trim();
}
