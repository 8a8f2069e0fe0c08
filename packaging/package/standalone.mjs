/**
 * The Debian package that brings its own Node: the program as a single executable, for hosts whose Node is too old.
 * Promise: it needs nothing but the C and C++ libraries that every Debian since 10 has.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { addContents, bundles, gzip } from "./contents.mjs";
import { buildDeb } from "./deb.mjs";
import { Tree } from "./tree.mjs";

/** By Node's name of a processor, Debian's. The package of Node for it is in packaging/node/. */
const architectures = { x64: "amd64", arm64: "arm64" };
const architecture = architectures[process.arch];
const nodePackage = resolve("packaging/node/node_modules", `node-linux-${process.arch}`);

/** What `ldd` names, and the versions that Node asks for: Debian 10 has them. */
const libraries = ["libatomic1", "libc6 (>= 2.28)", "libgcc-s1 | libgcc1", "libstdc++6 (>= 8)"];

/** Out: the path of the package below `options.into`. Throws where npm has no Node for this processor. */
export function packageStandalone(options) {
  if (architecture === undefined || !existsSync(nodePackage))
    throw new Error(`${nodePackage}: is not there: run "npm ci --prefix packaging/node", on x64 or arm64`);
  const tree = new Tree();
  try {
    const license = "usr/share/doc/logwinnow-standalone/LICENSE.node.gz";
    tree.write(license, gzip(readFileSync(join(nodePackage, "LICENSE"))));
    addContents(
      tree,
      "logwinnow-standalone",
      `\nThe executable includes Node.js, whose licenses are in /${license}.\n`,
    );
    mkdirSync(join(tree.directory, "usr/bin"));
    makeExecutable(join(tree.directory, "usr/bin/logwinnow"));
    return buildDeb(
      tree,
      {
        name: "logwinnow-standalone",
        architecture,
        depends: libraries,
        other: "logwinnow",
        about:
          "It brings its own Node.js, in one executable. Where nodejs is 20.19 or later,\nthe package logwinnow is smaller and gets Node's security updates from Debian.",
      },
      options,
    );
  } finally {
    tree.remove();
  }
}

/** Puts the bundles into a copy of Node without its symbols, which no user needs: a fifth of it. */
function makeExecutable(output) {
  const work = mkdtempSync(join(tmpdir(), "logwinnow-executable-"));
  try {
    const node = join(nodePackage, "bin/node");
    const stripped = join(work, "node");
    run("strip", "-o", stripped, node);
    const settings = {
      main: resolve("packaging/standalone.cjs"),
      executable: stripped,
      output,
      disableExperimentalSEAWarning: true,
      // NODE_OPTIONS is for Node: an environment that has it for other programs must not change this one.
      execArgvExtension: "none",
      assets: Object.fromEntries(bundles.map((name) => [name, resolve("dist", name)])),
    };
    const file = join(work, "settings.json");
    writeFileSync(file, JSON.stringify(settings));
    run(node, `--build-sea=${file}`);
    chmodSync(output, 0o755);
  } finally {
    rmSync(work, { recursive: true });
  }
}

function run(command, ...args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
}
