/**
 * `npm run docs`: the man pages as HTML in docs/, linked with each other.
 * Usage: node packaging/docs.mjs [DIRECTORY]
 * Promise: the same pages give the same files. Needs mandoc.
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
writeFileSync(
  join(into, "mandoc.css"),
  `html { font: 16px/1.5 system-ui, sans-serif; color-scheme: light dark; }
body { margin: 1rem auto; max-width: 46rem; padding: 0 1rem; }
table.head, table.foot { width: 100%; color: gray; }
td.head-rtitle, td.foot-os { text-align: right; }
td.head-vol { text-align: center; }
.Nd, .Bf, .Op { display: inline; }
.Pa, .Ad { font-style: italic; }
.Ms { font-weight: bold; }
code.Nm, code.Fl, code.Cm, code.Ic, code.In, code.Fd, code.Fn { font-weight: bold; font-family: inherit; }
var { font-style: italic; }
pre { overflow-x: auto; padding: 0.5rem; border: 1px solid; border-radius: 4px; }
dl.Bl-tag > dd { margin: 0 0 0.5rem 2rem; }
table.Bl-column td { padding-right: 1rem; vertical-align: top; }
a.permalink { color: inherit; text-decoration: none; }
`,
);
console.log(`${pages.length} pages: ${pages.map((page) => basename(page)).join(", ")}`);
