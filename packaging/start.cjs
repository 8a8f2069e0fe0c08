#!/usr/bin/env node
/**
 * Starts the bundled program with what V8 made of it when it was built: compiling it anew is a third of a short run.
 * Promise: with another V8, or without that file, the program is compiled as usual: slower, never different.
 */
"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");

const path = join(__dirname, "program.cjs");
// The bundle is ASCII; as latin1 it is not decoded.
const text = readFileSync(path, "latin1");
// V8 would know the text by its length alone. Its digest, which it begins with, names the code that was made of it.
const codePath = join(__dirname, `program-${text.slice("//".length, text.indexOf("\n"))}.code`);

// This V8 optimizes what has run 68 kB of bytecode three times. Most of what gets that far here is done before its
// optimized code is ready: with ten times as much, the first run over new rules takes 145 ms instead of 250, and long
// runs take what they took. Later versions have a compiler in between, and perhaps not this flag.
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=700000");

/** Undefined where there is none. V8 itself turns down code of another version. */
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

/** Runs the command that process.argv names. Out: what resolves when it is done. */
function start() {
  const program = { exports: {} };
  script.runInThisContext()(require, program, path);
  return program.exports.finished;
}

if (require.main === module) start();
else module.exports = { script, start, codePath };
