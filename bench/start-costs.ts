/**
 * Measures what a run pays once: widening the headers of rules, and opening and asking tables of addresses.
 * Promise: what is cold is measured first, in a process that never did it before; times are those of the processor.
 * usage: node build/bench/start-costs.js RULES [TABLE…]     RULES is a directory of rules, e.g. /etc/logcheck
 *        The baseline of widening is to compare the beginning of each rule with the house's header.
 */
import { openTable } from "../src/origins/open-table.js";
import { loadRules } from "../src/rules/files/load-rules.js";
import { headerWidener } from "../src/rules/headers/header-forms.js";

const [directory, ...tables] = process.argv.slice(2);
if (directory === undefined) {
  console.error("usage: start-costs.js RULES [TABLE…]");
  process.exit(2);
}

/** Of the processor, so that what else the machine does counts little. */
function millisecondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Of several runs, the middle one. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >>> 1] ?? NaN;
}

const texts = loadRules({
  directories: [{ path: directory, isNamed: true }],
  level: "workstation",
}).rules.map(({ text }) => text);
const house = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ ";
function widenAll(): void {
  const widen = headerWidener();
  for (const text of texts) widen(text);
}
let alike = 0;
function compareAll(): void {
  for (const text of texts) if (text.startsWith(house)) alike += 1;
}
const cold = millisecondsOf(widenAll);
const warm = median(Array.from({ length: 20 }, () => millisecondsOf(widenAll)));
const compared = median(Array.from({ length: 20 }, () => millisecondsOf(compareAll)));
console.log(
  `${texts.length} rules (${alike / 20} with the house's header): widened in ${cold.toFixed(1)} ms, later in ${warm.toFixed(1)} ms; texts compared in ${compared.toFixed(2)} ms`,
);

let seed = 1;
/** A byte, the same in each run: Park and Miller's generator. */
function byte(): number {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed & 0xff;
}
const addresses = {
  IPv4: () => `${1 + (byte() % 223)}.${byte()}.${byte()}.${byte()}`,
  IPv6: () =>
    `2a${(byte() % 16).toString(16).padStart(2, "0")}:${byte().toString(16)}${byte().toString(16)}::1`,
};

for (const path of tables) {
  let find: ReturnType<typeof openTable> = { reason: "not opened" };
  const opening = millisecondsOf(() => {
    find = openTable(path);
  });
  const ask = find as ReturnType<typeof openTable>;
  if (typeof ask !== "function") {
    console.log(`${path}: ${ask.reason}`);
    continue;
  }
  const figures = Object.entries(addresses).map(([family, next]) => {
    const each = (count: number): string => {
      const asked = Array.from({ length: count }, next);
      const spent = millisecondsOf(() => {
        for (const address of asked) ask(address);
      });
      return `${((1000 * spent) / count).toFixed(0)} µs`;
    };
    return `${family}: the first 20 ${each(20)} each, 2,000 more ${each(2000)}`;
  });
  console.log(`${path}: opened in ${opening.toFixed(1)} ms; ${figures.join("; ")}`);
}
