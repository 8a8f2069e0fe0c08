/**
 * `npm run package`: makes the packages of dist/ and the rules, and says what came out.
 * Usage: node packaging/package.mjs [--into DIRECTORY] [--compression none] [deb | npm | standalone]…    Without a kind, all of them.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { packageForDebian } from "./package/debian.mjs";
import { packageForNpm } from "./package/npm.mjs";
import { packageStandalone } from "./package/standalone.mjs";

/** By name, what makes a package in a directory and gives its path. */
const makers = { deb: packageForDebian, npm: packageForNpm, standalone: packageStandalone };

const { values, positionals } = parseArgs({
  options: {
    into: { type: "string", default: "dist-packages" },
    compression: { type: "string", default: "xz" },
  },
  allowPositionals: true,
});
const unknown = positionals.find((kind) => !(kind in makers));
if (unknown !== undefined)
  throw new Error(`there is no package "${unknown}": expected ${Object.keys(makers).join(", ")}`);

mkdirSync(values.into, { recursive: true });
for (const kind of positionals.length > 0 ? positionals : Object.keys(makers)) {
  const path = make(kind);
  if (path === undefined) continue;
  const content = readFileSync(path);
  const digest = createHash("sha256").update(content).digest("hex");
  console.log(`${path}  ${(content.length / 1e6).toFixed(1)} MB  sha256 ${digest}`);
}

/** Out: the path; undefined where it could not be made, which is said. */
function make(kind) {
  try {
    return makers[kind](values);
  } catch (error) {
    console.error(`${kind}: ${error.message}`);
    process.exitCode = 1;
    return undefined;
  }
}
