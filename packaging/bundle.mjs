/**
 * Bundles the compiled program into dist/: one script, V8's compiled code of it, and the script that starts both.
 * A module's code runs only when a command needs it; code that usual runs need is compiled in advance.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { build } from "esbuild";

/** Ours opens no streams and loads no tables: see yargs-platform.mjs. */
const ourPlatformForYargs = {
  name: "yargs-platform",
  setup(bundling) {
    bundling.onResolve({ filter: /\/platform-shims\/esm\.mjs$/ }, () => ({
      path: resolve("packaging/yargs-platform.mjs"),
    }));
  },
};

/** Bundled separately: it is a third of all code, and only mail needs it. */
const nodemailerApart = {
  name: "nodemailer",
  setup(bundling) {
    bundling.onResolve({ filter: /^nodemailer(\/|$)/ }, ({ path }) => ({
      path: `./${basename(path)}.cjs`,
      external: true,
    }));
  },
};

const script = { bundle: true, format: "cjs", platform: "node", target: "node20", logLevel: "warning" };

rmSync("dist", { recursive: true, force: true });
for (const name of ["nodemailer", "nodemailer/lib/mail-composer"])
  await build({
    ...script,
    stdin: { contents: `module.exports = require("${name}");`, resolveDir: "." },
    outfile: `dist/${basename(name)}.cjs`,
  });
await build({
  ...script,
  entryPoints: ["build/src/main.js"],
  outfile: "dist/program.cjs",
  // A script with cached code cannot use import(), so it uses require().
  supported: { "dynamic-import": false },
  charset: "ascii",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "external",
  plugins: [ourPlatformForYargs, nodemailerApart],
  alias: { "string-width": "./packaging/string-width.mjs" },
  define: { "import.meta.url": "programUrl" },
  banner: { js: 'const programUrl = require("node:url").pathToFileURL(__filename).href;' },
});
const text = readFileSync("dist/program.cjs");
const digest = createHash("sha256").update(text).digest("hex");
writeFileSync("dist/program.cjs", `//${digest}\n${text}`);
copyFileSync("packaging/start.cjs", "dist/logwinnow.cjs");
chmodSync("dist/logwinnow.cjs", 0o755);

const compiled = spawnSync(process.execPath, ["packaging/compile-ahead.cjs"], {
  // What `rules check` is given.
  input: readFileSync("ignore.d/server/cron"),
  stdio: ["pipe", "ignore", "inherit"],
});
if (compiled.status !== 0) throw new Error("the program could not be compiled in advance: see above");
