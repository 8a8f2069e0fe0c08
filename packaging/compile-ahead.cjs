/**
 * Saves the code that V8 compiles while the bundled program runs its usual commands, so that the functions they need
 * are already compiled when the program starts.
 */
"use strict";
const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { codePath, script, start } = require("../dist/logwinnow.cjs");

const directory = mkdtempSync(join(tmpdir(), "logwinnow-"));
const log = join(directory, "log");
writeFileSync(log, "Nov 22 06:25:01 host CRON[1]: (root) CMD (true)\n");
process.env.XDG_CACHE_HOME = directory;
delete process.env.CACHE_DIRECTORY;

const state = ["--state", join(directory, "state")];
const hourly = ["check", ...state, "--source", log, "--rules", "ignore.d/server"];
const commands = [
  ["filter", "--rules", "ignore.d/server", log],
  ["filter", "--rules", "ignore.d/server", log],
  [...hourly, "--dry-run"],
  ["explain", "--rules", "ignore.d/server", "Nov 22 06:25:01 host CRON[1]: (root) CMDS (true)"],
  ["rules", "check", "--rules", ".", "--path", join("ignore.d", "server", "cron"), "--stdin", "--json"],
];

async function runAll() {
  for (const command of commands) {
    process.argv = [process.argv[0], "logwinnow", ...command];
    await start();
  }
  writeFileSync(codePath, script.createCachedData());
  rmSync(directory, { recursive: true });
  process.exitCode = 0;
}

void runAll();
