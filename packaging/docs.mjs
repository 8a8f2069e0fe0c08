/**
 * `npm run docs`: the man pages as HTML in docs/, linked with each other.
 * Usage: node packaging/docs.mjs [DIRECTORY]
 * Promise: the same pages give the same files. Their style, mandoc.css, is written by hand. Needs mandoc.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const into = process.argv[2] ?? "docs";
const pages = readdirSync("man").sort();
const own = new Set(pages);

mkdirSync(into, { recursive: true });
for (const page of pages) {
  // Of other systems' pages only the name is shown.
  const words = ["-T", "html", "-O", "style=mandoc.css,man=%N.%S.html", join("man", page)];
  const { status, stdout, stderr } = spawnSync("mandoc", words, { encoding: "utf8" });
  if (status !== 0 && stdout === "") throw new Error(`mandoc: ${page}: ${stderr}`);
  const html = stdout.replaceAll(/<a class="Xr" href="([^"]+)\.html">(.*?)<\/a>/g, (link, name, text) =>
    own.has(name) ? link : `<span class="Xr">${text}</span>`,
  );
  writeFileSync(join(into, `${page}.html`), html);
}
console.log(`${pages.length} pages: ${pages.map((page) => basename(page)).join(", ")}`);
