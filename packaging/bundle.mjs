/**
 * Bundles the compiled program into dist/: one script, what V8 makes of it, and the door that starts it.
 * A module's code runs only when a command needs it, and is compiled already where that is the usual run.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";

/** @type {import("esbuild").Plugin} */
const ourPlatformForYargs = {
  name: "yargs-platform",
  setup(bundling) {
    bundling.onResolve({ filter: /\/platform-shims\/esm\.mjs$/ }, () => ({
      path: resolve("packaging/yargs-platform.mjs"),
    }));
  },
};

rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: ["build/src/main.js"],
  outfile: "dist/program.cjs",
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  // A script whose code was kept cannot import(); require() serves as well.
  supported: { "dynamic-import": false },
  charset: "ascii",
  logLevel: "warning",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "external",
  // A third of all code, and only mail needs it.
  external: ["nodemailer"],
  plugins: [ourPlatformForYargs],
  alias: { "string-width": "./packaging/string-width.mjs" },
  define: { "import.meta.url": "programUrl" },
  banner: { js: 'const programUrl = require("node:url").pathToFileURL(__filename).href;' },
});
copyFileSync("packaging/start.cjs", "dist/logwinnow.cjs");
chmodSync("dist/logwinnow.cjs", 0o755);

const compiled = spawnSync(process.execPath, ["packaging/compile-ahead.cjs"], {
  stdio: ["ignore", "ignore", "inherit"],
});
if (compiled.status !== 0) throw new Error("the program could not be compiled ahead: see above");
