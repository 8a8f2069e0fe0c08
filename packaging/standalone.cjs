/**
 * Starts the bundled program inside a single executable, which holds the bundles as assets.
 * Promise: nothing but the executable and Node's own modules is loaded; rules are in ../share/logwinnow beside it.
 */
"use strict";
const { dirname, join } = require("node:path");
const { getAsset } = require("node:sea");
const { Script } = require("node:vm");

/** Where the bundles would be; from there the program looks for its rules. */
const place = join(dirname(process.execPath), "../share/logwinnow/dist");

/** Out: what the module exports. Bundles ask for each other by "./NAME". */
function load(id) {
  if (!id.startsWith("./")) return require(id);
  const name = id.slice("./".length);
  const path = join(place, name);
  const script = new Script(`(function (require, module, __filename) {${getAsset(name, "utf8")}\n})`, {
    filename: path,
  });
  const loaded = { exports: {} };
  script.runInThisContext()(load, loaded, path);
  return loaded.exports;
}

load("./program.cjs");
