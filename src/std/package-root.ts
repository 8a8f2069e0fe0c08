/** Finds where the program is installed: the directory of its package.json, which also has the shipped rules. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function find(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, "package.json"))) {
    const parent = dirname(directory);
    if (parent === directory) throw new Error("bug: no package.json above the program");
    directory = parent;
  }
  return directory;
}

export const packageRoot: string = find();

export function packageVersion(): string {
  const content = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };
  return content.version;
}
