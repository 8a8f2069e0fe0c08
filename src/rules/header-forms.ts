/**
 * Widens rules that begin with a syslog header, so that one rule serves every form a header can take.
 * Promise: a widened rule still matches all that the written one matches; only the time stamp's form is opened.
 *
 * This compares the rule's text with the known spellings, and asks no syntax tree: it runs for all rules at each start,
 * where 1,535 rules take 1 ms, and to read their trees would take 140 ms. A header is known by its spelling or not at
 * all, and the widened rule is a text again.
 */

export interface HeaderWidening {
  /** The ERE to compile in place of the written one. */
  readonly pattern: string;
  /** How many bytes at the rule's start were replaced, and by how many. */
  readonly writtenBytes: number;
  readonly widenedBytes: number;
}

/** How rules spell "Nov 22 00:41:26". */
const traditionalStamps = ["\\w{3}", "[[:alpha:]]{3}", "[A-Z][a-z]{2}", "[A-Za-z]{3}"].flatMap((month) =>
  ["[ :[:digit:]]{11}", "[ :0-9]{11}", "[[:digit:] :]{11}", "[0-9 :]{11}"].map((rest) => `${month} ${rest}`),
);

/** How rules spell "2026-11-22T00:41:26.123456+00:00", which rsyslog writes since Debian 12. */
const isoStamps = ["[0-9T:.+-]{32}", "[[:digit:]T:.+-]{32}"];

const bareStamps = new Set([...traditionalStamps, ...isoStamps]);
const groupedStamps = new Set(
  traditionalStamps.flatMap((traditional) =>
    isoStamps.flatMap((iso) => [`(${traditional}|${iso})`, `(${iso}|${traditional})`]),
  ),
);

/** How rules spell a host name. */
const hosts = [
  "[._[:alnum:]-]+",
  "[-._[:alnum:]]+",
  "[-_.[:alnum:]]+",
  "[_.[:alnum:]-]+",
  "[[:alnum:]._-]+",
  "[[:alnum:]_.-]+",
  "[._a-zA-Z0-9-]+",
  "[-._a-zA-Z0-9]+",
  "[a-zA-Z0-9._-]+",
  "[A-Za-z0-9._-]+",
];

/**
 * Traditional, or ISO 8601 with or without a fraction (nanoseconds at most), with an offset or with Z.
 * All rules get the very same text, so that they share the automaton of their header.
 */
const widenedStamp = "(\\w{3} [ :[:digit:]]{11}|[0-9T:.+-]{19,35}Z?)";
const widenedHost = "[._[:alnum:]-]+";

/** What most rules begin with once they are widened. */
const widenedHeader = `^${widenedStamp} ${widenedHost} `;

/** A header as some rule writes it, from `^` to the blank after it, and its widened form. */
interface KnownHeader {
  readonly written: string;
  readonly widened: string;
  readonly isBare: boolean;
}

/**
 * Widens rules one after the other: most begin as the one before, and are then known at a glance.
 * Undefined when the rule does not begin with a known time stamp, and so stays as written.
 */
export function headerWidener(): (text: string) => HeaderWidening | undefined {
  let last: KnownHeader | undefined;
  return (text) => {
    const header = last && text.startsWith(last.written) ? last : headerOf(text);
    if (header === undefined) return undefined;
    // Without its host, one header may be the beginning of another.
    if (header.widened === widenedHeader) last = header;
    // A bare stamp becomes a group, which would shift the numbers of back-references. What only looks like one, as in
    // "[\1]", leaves the rule as it was written, which is safe.
    if (header.isBare && /\\[1-9]/.test(text)) return undefined;
    return {
      pattern: header.widened + text.slice(header.written.length),
      writtenBytes: header.written.length,
      widenedBytes: header.widened.length,
    };
  };
}

function headerOf(text: string): KnownHeader | undefined {
  const stamp = stampOf(text);
  if (stamp === undefined) return undefined;
  const isBare = bareStamps.has(stamp);
  const afterStamp = 1 + stamp.length;
  const host = hosts.find((spelling) => text.startsWith(` ${spelling} `, afterStamp));
  const written = text.slice(0, afterStamp + (host === undefined ? 1 : host.length + 2));
  return { written, widened: `^${widenedStamp} ${host === undefined ? "" : `${widenedHost} `}`, isBare };
}

/** The time stamp after the rule's `^`, if it is a known one and a space follows it. */
function stampOf(text: string): string | undefined {
  const end = /^\^(?:\([^()]+\)|[^()]+?\{(?:11|32)\})(?= )/.exec(text)?.[0].length;
  if (end === undefined) return undefined;
  const stamp = text.slice(1, end);
  return groupedStamps.has(stamp) || bareStamps.has(stamp) ? stamp : undefined;
}

/** Where a column of the pattern (bytes from 1) lies in the rule as written. */
export function writtenColumn(widening: HeaderWidening | undefined, column: number): number {
  if (widening === undefined) return column;
  if (column <= widening.widenedBytes) return 1;
  return column - widening.widenedBytes + widening.writtenBytes;
}
