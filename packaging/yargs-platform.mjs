/**
 * What yargs needs from Node, instead of its own platform file: that one loads node:assert and opens both standard
 * streams, which takes more than half of the time that yargs needs to load.
 */
import { inspect } from "node:util";
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import cliui from "cliui";
import stringWidth from "string-width";
import Parser from "yargs-parser";
import y18n from "y18n";

/** yargs asserts that values are not null, and relies on the error when it finds no package.json. */
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
  // Nobody's package.json may configure how the command line is read.
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
    // The program sets the line width itself.
    stdColumns: null,
  },
  readFileSync,
  readdirSync,
  require: none,
  getCallerFile: none,
  stringWidth,
  y18n: y18n({ directory: "/nonexistent", updateFiles: false }),
};
