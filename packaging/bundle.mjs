/**
 * Bundles the compiled program into dist/: one small entry and a chunk per command.
 * The entry loads only what its command needs, which is most of the start-up time.
 */
import { rmSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: { logwinnow: "build/src/main.js" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  logLevel: "warning",
  minifySyntax: true,
  alias: { "string-width": "./packaging/string-width.mjs" },
  // CommonJS packages inside an ES module bundle still call require() for Node's own modules.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
