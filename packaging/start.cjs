#!/usr/bin/env node
/**
 * Starts the bundled program with the code that V8 compiled at build time: compiling takes a third of a short run.
 * Promise: with another V8, or without that code, the program is compiled as usual: slower, but never different. A Node
 * that is too old is named in one line, so this file must be understood by it: no syntax is newer than ES2019, which Node 10 knows.
 */
"use strict";
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `logwinnow needs Node.js 20.19 or later; this is ${process.versions.node}: ` +
      "get it from https://nodejs.org/, or install the package logwinnow-standalone, which brings its own\n",
  );
  process.exit(69);
}
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");

const path = join(__dirname, "program.cjs");
// The bundle is ASCII; as latin1 it is not decoded.
const text = readFileSync(path, "latin1");
// V8 recognizes the text only by its length. So the file of its code is named by its digest, with which it begins.
const codePath = join(__dirname, `program-${text.slice("//".length, text.indexOf("\n"))}.code`);

// This V8 optimizes a function after it has run 68 kB of bytecode three times. Most functions that get that far here
// are done before the optimized code is ready. With a budget ten times as large, the first run over new rules takes
// 145 ms instead of 250, and long runs take as long as before. Later versions have a compiler in between, and perhaps
// not this flag.
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=700000");

/** Undefined where there is none. V8 itself rejects code of another version. */
function compiledCode() {
  try {
    return readFileSync(codePath);
  } catch {
    return undefined;
  }
}

const script = new Script(`(function (require, module, __filename) {${text}\n})`, {
  filename: path,
  cachedData: compiledCode(),
});

/** Runs the command in process.argv. Out: a promise that resolves when it is done. */
function start() {
  const program = { exports: {} };
  script.runInThisContext()(require, program, path);
  return program.exports.finished;
}

if (require.main === module) start();
else module.exports = { script, start, codePath };
