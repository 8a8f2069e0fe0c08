/**
 * Bundles the modules that other programs import, with their types, into dist/.
 * Promise: they need no package, and the types name no file that is not there.
 */
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build } from "esbuild";

/** By the name in dist/, what tsc made of the module. */
const modules = { index: "build/src/index.js", ere: "build/src/ere/index.js" };

await build({
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  logLevel: "warning",
  entryPoints: modules,
  outdir: "dist",
  splitting: true,
  chunkNames: "shared-[hash]",
});

/** Copies a declaration file and those that it imports. */
function copyTypes(file, copied) {
  if (copied.has(file)) return;
  copied.add(file);
  const target = join("dist/types", relative("build/src", file));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(file, target);
  const text = readFileSync(file, "utf8");
  for (const [, path] of text.matchAll(/(?:from|import\() ?"(\.[^"]+)\.js"/g))
    copyTypes(join(dirname(file), `${path}.d.ts`), copied);
}

const copied = new Set();
for (const path of Object.values(modules)) copyTypes(path.replace(/\.js$/, ".d.ts"), copied);
