/**
 * Measures a flood: as many kinds of lines as there are lines, and one alarm among them.
 * Promise: the whole program, started as cron starts it, on a log that it has not seen; what it sends is looked at as its
 * reader has it.
 * usage: node build/bench/flood.js [LINES]     prints a line a figure
 */
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import PostalMime from "postal-mime";
import { openBrowser } from "../test/support/browser.js";
import { timedProcess } from "./timed-process.js";

const lineCount = Number(process.argv[2] ?? 1_000_000);
const program = resolve("dist/logwinnow.cjs");
const clock = resolve("build/bench/fixed-clock.js");
const host = mkdtempSync(join(tmpdir(), "logwinnow-flood-"));
const log = join(host, "syslog");

const letters = "ghijklmnopqrstuvwxyz";
const programs = ["shop", "orderd", "billing", "proxyd"];
const alarm = "sshd[812]: Accepted password for root from 192.0.2.7 port 4711 ssh2";

/** Lines of four words that no other has, by four programs and by many that never come again. */
function writeLog(): void {
  let state = 1;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const word = (): string => Array.from({ length: 3 + random(9) }, () => letters[random(20)]).join("");
  const file = openSync(log, "w");
  let pending = "";
  for (let index = 0; index < lineCount; index++) {
    const minute = String(Math.floor((index * 60) / lineCount)).padStart(2, "0");
    const stamp = `2026-11-22T00:${minute}:26+00:00 web1`;
    const name = index % 5 === 0 ? word() : programs[index % 4];
    pending += `${stamp} ${name}[${index % 65_536}]: ${word()} ${word()} ${word()} ${word()}\n`;
    if (index === lineCount >> 1) pending += `${stamp} ${alarm}\n`;
    if (pending.length < 1 << 20 && index < lineCount - 1) continue;
    writeSync(file, pending, null, "latin1");
    pending = "";
  }
  closeSync(file);
}

const configuration = `
[mail]
to = "ops@elsewhere.example"
from = "logwinnow@web1.example.org"
transport = "file:outbox"

[rules]
directories = [${JSON.stringify(resolve("."))}]

[[source]]
kind = "file"
path = "syslog"
first_run = "all"
`;

const env = {
  PATH: process.env.PATH,
  HOME: host,
  TZ: "UTC",
  STATE_DIRECTORY: join(host, "state"),
  CACHE_DIRECTORY: join(host, "cache"),
  LOGWINNOW_BENCH_NOW: "2026-11-22T01:00:02Z",
};

function measure(what: string, args: readonly string[], output: string): void {
  const command = [process.execPath, "--import", clock, program, ...args];
  const { seconds, processorSeconds, peakMegabytes } = timedProcess({ command, env, cwd: host, output });
  const took = `${processorSeconds?.toFixed(2)} s of the processor, ${seconds.toFixed(1)} s`;
  console.log(`${what}: ${took}, at most ${peakMegabytes?.toFixed(0)} MB`);
}

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`;

async function measureMail(): Promise<void> {
  const outbox = join(host, "outbox");
  for (const name of readdirSync(outbox)) {
    const bytes = readFileSync(join(outbox, name));
    const { subject, text = "", html = "", attachments } = await PostalMime.parse(bytes);
    const parts = `text ${kilobytes(text.length)}, HTML ${kilobytes(html.length)}, ${attachments.length} attached`;
    console.log(`mail: ${kilobytes(bytes.length)} (${parts}): ${subject}`);
  }
}

/** Until the page answers to keys, and until it has found a word. */
async function measurePage(page: string): Promise<void> {
  const browser = openBrowser();
  try {
    const opened = await browser.open(page, { width: 800, scheme: "light" });
    const figures = await opened.evaluate(`(() => {
      const [{ domInteractive, loadEventEnd }] = performance.getEntriesByType("navigation");
      const kinds = document.querySelectorAll(".kind").length;
      const search = document.getElementById("search");
      const start = performance.now();
      search.value = "accepted";
      search.dispatchEvent(new Event("input"));
      document.body.getBoundingClientRect();
      const searchMs = performance.now() - start;
      return [kinds, Math.round(domInteractive), Math.round(loadEventEnd), Math.round(searchMs)];
    })()`);
    const [kinds, interactiveMs, loadedMs, searchMs] = figures as readonly number[];
    console.log(`page: ${kinds} kinds, read after ${interactiveMs} ms, shown after ${loadedMs} ms`);
    console.log(`search in it: ${searchMs} ms`);
  } finally {
    await browser.close();
  }
}

try {
  mkdirSync(host, { recursive: true });
  writeLog();
  writeFileSync(join(host, "logwinnow.toml"), configuration);
  console.log(`${lineCount} lines, ${(statSync(log).size / 1e6).toFixed(0)} MB`);
  const page = join(host, "report.html");
  measure("check", ["check", "--config", "logwinnow.toml"], join(host, "printed"));
  await measureMail();
  measure("report --html", ["report", "--html"], page);
  console.log(`page: ${kilobytes(statSync(page).size)}`);
  const rules = ["--rules", resolve(".")];
  measure("filter --json", ["filter", "--json", ...rules, "syslog"], join(host, "json"));
  console.log(`JSON: ${(statSync(join(host, "json")).size / 1e6).toFixed(0)} MB`);
  await measurePage(page);
} finally {
  rmSync(host, { recursive: true });
}
