/**
 * Widens rules that begin with a syslog header, so that one rule serves every common form of it.
 * Promise: a widened rule matches all that the written one matches, and what reads alike under another header; the
 * message of a line is never taken for a part of its header. The widened rule is a text again, and the matcher a plain
 * automaton.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { atomsOf } from "./pattern-atoms.js";
import { HeaderFinder, type HeaderParts } from "./header-parts.js";

export interface HeaderWidening {
  /** The ERE to compile in place of the written one. */
  readonly pattern: ByteString;
  /** How many bytes at the rule's start were replaced, and by how many. */
  readonly writtenBytes: number;
  readonly widenedBytes: number;
}

const time = "[0-9:]{8}[.,0-9]{0,10}";
const year = "[0-9]{4}";
/** In any language, with or without a dot: "Nov", "févr.", "11月". */
const month = `[^][ <>{}()=:",/|]{2,12}`;

/**
 * Each begins at the line's start and is of a bounded length, so that no message is ever reached by it. The text is short,
 * since all rules begin with it.
 */
const stampForms = [
  // "Nov 22 00:41:26", and whatever else most rules match in its place.
  "\\w{3} [ :0-9]{11}",
  // "2026-11-22T00:41:26.123456+01:00", with or without a fraction, with an offset or with Z.
  "[0-9T:.,+-]{19,35}Z?",
  // "Nov 2 00:41:26.123", and a year first, after the day or after the time.
  `(${year} )?${month} [ 0-9]?[0-9] (${year} )?${time}( ${year})?`,
  // "2026-11-22 00:41:26".
  `[-0-9]{10} ${time}([-+][0-9:]{4,6}|Z)?`,
].join("|");

/**
 * Names, addresses, "source@host" and "host/address"; it may be missing. A tag ends in ":", a host never does: in a log
 * without hosts, no message is read as the line's own tag.
 */
const hostForms = "[._[:alnum:]@/%:-]*[._[:alnum:]@/%-]";

/** The directory of a program, as in FreeBSD's "/usr/sbin/cron[9]:". Who writes it could write the tag alone. */
const pathForms = "(/[-._[:alnum:]/]*/)?";

/** How most rules spell "Nov 22 00:41:26". All that they match is in the forms: they get the very same text. */
const usualStamps = new Set(
  ["\\w{3}", "[[:alpha:]]{3}", "[A-Z][a-z]{2}", "[A-Za-z]{3}"].flatMap((name) =>
    ["[ :[:digit:]]{11}", "[ :0-9]{11}", "[[:digit:] :]{11}", "[0-9 :]{11}", "[ 0-9:]{11}"].flatMap(
      (rest) => {
        const stamp = `${name} ${rest}`;
        return [
          stamp,
          ...["[0-9T:.+-]{32}", "[[:digit:]T:.+-]{32}", "[0-9T:.+-]{19,35}Z?"].flatMap((iso) => [
            iso,
            `(${stamp}|${iso})`,
          ]),
        ];
      },
    ),
  ),
);
/** The same of hosts. */
const usualHost =
  /^\[(?=[^\]]*(?:\[:alnum:\]|a-z[^\]]*0-9))(?:\[:(?:alnum|alpha|digit|lower|upper):\]|A-Z|a-z|0-9|[._-])+\]\+$/;
/** Both with the blank after each. */
const usualHeader = /^\^(\([^()]+\)|[^()]+?\{(?:11|32)\}) (\[(?:\[:[a-z]+:\]|[^\][\\])+\]\+) (?![*+?{])/;

/** Rules are spelled in few ways: the headers that are asked about first. */
const mostKnownHeaders = 8;
/** Of a group around a header. */
const longestGroup = 512;

/** A header as some rule writes it, from "^" to the blank after the host, and its widened form. */
interface KnownHeader {
  readonly written: ByteString;
  /** Whether whatever begins with it has this header. */
  readonly isWhole: boolean;
  readonly widened: ByteString;
  readonly addedGroups: number;
  readonly writtenGroups: number;
}

/**
 * Widens rules one after the other: most begin as one before, and are then known at a glance.
 * Undefined when the rule does not begin with a time stamp, and so stays as written.
 */
export function headerWidener(): (text: ByteString) => HeaderWidening | undefined {
  const widen = anchoredWidener();
  return (text) => {
    const whole = widen(text, 0);
    if (whole !== undefined || !text.startsWith("^(")) return whole;
    if (atomsOf(text.slice(0, longestGroup), 1).next().done === true) return undefined;
    // A header that may be missing: "^(\\w{3} … )?".
    const inner = widen(`^${text.slice(2)}`, 1);
    return (
      inner && {
        pattern: `^(${inner.pattern.slice(1)}`,
        writtenBytes: inner.writtenBytes + 1,
        widenedBytes: inner.widenedBytes + 1,
      }
    );
  };
}

/** In: a rule's text, and how many groups open before it. */
function anchoredWidener(): (text: ByteString, outerGroups: number) => HeaderWidening | undefined {
  const finder = new HeaderFinder();
  const headers: KnownHeader[] = [];
  return (text, outerGroups) => {
    const known = headers.find(({ written }) => beginsWith(text, written));
    const parts = known ? undefined : (usualParts(text) ?? finder.partsOf(text));
    const header = known ?? (parts && headerOf(text, parts));
    if (header === undefined) return undefined;
    if (parts && header.isWhole && headers.length < mostKnownHeaders) headers.push(header);
    const rest = renumbered(text.slice(header.written.length), header, outerGroups);
    if (rest === undefined) return undefined;
    return {
      pattern: header.widened + rest,
      writtenBytes: header.written.length,
      widenedBytes: header.widened.length,
    };
  };
}

function beginsWith(text: ByteString, start: ByteString): boolean {
  return text.startsWith(start) && !"*+?{".includes(text[start.length] ?? " ");
}

/** What the finder says of the headers that nearly all rules have, without the milliseconds that it takes to begin. */
function usualParts(text: ByteString): HeaderParts | undefined {
  const [all, stamp = "", host = ""] = usualHeader.exec(text) ?? [];
  if (all === undefined || !usualStamps.has(stamp) || !usualHost.test(host)) return undefined;
  const [stampEnd, start] = [1 + stamp.length, 2 + stamp.length];
  const place = { start, end: start + host.length, blankEnd: all.length };
  return { stampEnd, isBlankInStamp: false, isTraditional: true, host: place };
}

function headerOf(
  text: ByteString,
  { stampEnd, isBlankInStamp, isTraditional, host }: HeaderParts,
): KnownHeader {
  const written = text.slice(0, host ? host.blankEnd : stampEnd);
  const blanks = host && {
    before: text.slice(stampEnd, host.start),
    after: text.slice(host.end, host.blankEnd),
  };
  const stamps = isBlankInStamp ? `(${stampForms}) ` : `(${stampForms})`;
  const headers = blanks ? `${stamps}${blanks.before}(${hostForms})?${blanks.after}${pathForms}` : stamps;
  const isUsual =
    usualStamps.has(text.slice(1, stampEnd)) && (!host || usualHost.test(text.slice(host.start, host.end)));
  const widened = isUsual ? `^${headers}` : `^(${written.slice(1)}|${headers})`;
  const writtenGroups = groupsIn(written);
  return {
    written,
    // Without its host, one header may be the beginning of another.
    isWhole: host !== undefined && isTraditional,
    widened,
    writtenGroups,
    addedGroups: groupsIn(widened) - writtenGroups,
  };
}

const escapeOrBracket = /\\[^]|\[\^?\]?(?:\[:[a-z]+:\]|\[[.=][^\]]*[.=]\]|[^\]])*\]/g;

function groupsIn(ere: ByteString): number {
  return ere.replaceAll(escapeOrBracket, "").split("(").length - 1;
}

/** What follows the header, with its back-references on the same groups; undefined where these cannot be named. */
function renumbered(
  rest: ByteString,
  { writtenGroups, addedGroups }: KnownHeader,
  outerGroups: number,
): ByteString | undefined {
  if (!/\\[1-9]/.test(rest)) return rest;
  let areNamed = true;
  const text = rest.replaceAll(escapeOrBracket, (part) => {
    const number = /^\\[1-9]$/.test(part) ? Number(part.slice(1)) : undefined;
    if (number === undefined) return part;
    if (number <= outerGroups + writtenGroups || number + addedGroups > 9) areNamed = false;
    return `\\${number + addedGroups}`;
  });
  return areNamed ? text : undefined;
}

/** Where a column of the pattern (bytes from 1) lies in the rule as written. */
export function writtenColumn(widening: HeaderWidening | undefined, column: number): number {
  if (widening === undefined) return column;
  if (column <= widening.widenedBytes) return 1;
  return column - widening.widenedBytes + widening.writtenBytes;
}
