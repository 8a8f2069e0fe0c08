/**
 * What yargs needs of Node, in place of its own platform file: that one loads node:assert and opens both standard
 * streams, which is more than half of the time that yargs takes to load.
 */
import { inspect } from "node:util";
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import cliui from "cliui";
import stringWidth from "string-width";
import Parser from "yargs-parser";
import y18n from "y18n";

/** yargs asserts what must not be null, and counts on the throw where it looks for a package.json that is not there. */
function differs(value, unwanted) {
  if (Object.is(value, unwanted)) throw new Error(`yargs: the value is ${String(value)}`);
}

function equals(value, wanted) {
  if (!Object.is(value, wanted)) throw new Error(`yargs: the value is ${String(value)}`);
}

const none = () => undefined;

export default {
  assert: { notStrictEqual: differs, strictEqual: equals },
  cliui,
  // No package.json of somebody's may configure how our command line is read.
  findUp: none,
  getEnv: (name) => process.env[name],
  inspect,
  getProcessArgvBin: () => process.argv[1],
  mainFilename: process.cwd(),
  Parser,
  path: { basename, dirname, extname, relative, resolve, join },
  process: {
    argv: () => process.argv,
    cwd: process.cwd,
    emitWarning: (warning, type) => process.emitWarning(warning, type),
    execPath: () => process.execPath,
    exit: none,
    nextTick: process.nextTick,
    // The program says itself how wide a line may be.
    stdColumns: null,
  },
  readFileSync,
  readdirSync,
  require: none,
  getCallerFile: none,
  stringWidth,
  y18n: y18n({ directory: "/nonexistent", updateFiles: false }),
};
