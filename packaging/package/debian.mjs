/** The Debian package for hosts whose own Node can run the program: the bundle, and no Node. */
import { readFileSync } from "node:fs";
import { addContents, bundles } from "./contents.mjs";
import { buildDeb } from "./deb.mjs";
import { Tree } from "./tree.mjs";

/** Out: the path of the package below `options.into`. */
export function packageForDebian(options) {
  const tree = new Tree();
  try {
    addContents(tree, "logwinnow");
    const place = "usr/share/logwinnow/dist";
    for (const name of bundles) tree.copy(`dist/${name}`, `${place}/${name}`);
    // Another Node in PATH may be too old: nodejs is what the package depends on.
    const start = readFileSync("dist/logwinnow.cjs", "utf8").replace(/^#!.*/, "#!/usr/bin/node");
    tree.write(`${place}/logwinnow.cjs`, start, 0o755);
    tree.link("usr/bin/logwinnow", "../share/logwinnow/dist/logwinnow.cjs");
    return buildDeb(
      tree,
      {
        name: "logwinnow",
        architecture: "all",
        depends: ["nodejs (>= 20.19)"],
        other: "logwinnow-standalone",
        about:
          "It needs Node.js 20.19 or later. Where Debian's is older, as in Debian 12,\ninstall logwinnow-standalone.",
      },
      options,
    );
  } finally {
    tree.remove();
  }
}
