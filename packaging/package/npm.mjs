/**
 * The tarball for npm: the bundles, the modules with their types, the rules, the manuals and the system's files.
 * Promise: it depends on no package, since the bundles have them, and runs no script when it is installed.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundles, modeOf, rules, systemFiles } from "./contents.mjs";
import { licensesOfBundled } from "./licenses.mjs";
import { manifest } from "./release.mjs";
import { Tree } from "./tree.mjs";

const kept = ["name", "version", "description", "license", "type", "engines", "os", "bin", "exports", "man"];
const documents = ["README.md", "CHANGELOG.md", "LICENSE"];

/** Out: the path of the tarball below `into`. */
export function packageForNpm({ into }) {
  const tree = new Tree();
  try {
    const entries = kept.map((key) => [key, manifest[key]]);
    tree.write("package.json", `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`);
    for (const name of [...documents, ...rules, "man"]) tree.copy(name, name);
    tree.write("LICENSES.txt", licensesOfBundled());
    for (const name of ["types", ...bundles, ...readdirSync("dist").filter((file) => file.endsWith(".js"))])
      tree.copy(`dist/${name}`, `dist/${name}`);
    tree.copy("dist/logwinnow.cjs", "dist/logwinnow.cjs", 0o755);
    for (const name of systemFiles) tree.copy(`packaging/${name}`, `packaging/${name}`, modeOf(name));
    return pack(tree.directory, into);
  } finally {
    tree.remove();
  }
}

function pack(directory, target) {
  const args = ["pack", "--silent", "--offline", "--pack-destination", resolve(target)];
  const { status, stdout, stderr, error } = spawnSync("npm", args, { cwd: directory, encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`npm pack: ${stderr}`);
  return join(target, stdout.trim());
}
