/**
 * What rules ignored, in numbers: refused logins in a sentence, the rest by rule file.
 * Promise: hopeless attacks are not shown line by line, and are not forgotten either.
 */
import type { FileTallies } from "../../../group/file-tallies.js";
import type { NameCounts } from "../../../group/heavy-hitters.js";
import type { Tally, TallyField } from "../../../group/tally.js";
import type { ByteString, Words } from "../../../std/text/byte-string.js";
import { countOf, formatCount } from "../../render/wording.js";
import type { Tallies } from "../../tallies.js";
import type { Limits } from "../limits.js";
import type { IgnoredRow, LoginRow, Logins } from "../outline.js";
import type { Phrase, Quoted } from "../parts.js";
import { quotedName, quotedShort, wordOf } from "../kind/quoted.js";

/** The rule file that counts refused logins. */
const loginFile = "ssh";
const maxNames = 5;
const maxNameBytes = 64;
const maxNoteBytes = 96;

/** In: when addresses of alarms were let in, by address. Undefined where no rule counts logins, or there were none. */
export function loginsOf({ ignoredByField }: Tallies, letIn: ReadonlyMap<Words, Words>): Logins | undefined {
  const addresses = tallyBy(ignoredByField, "address");
  if (addresses === undefined || Object.keys(addresses.counts).length === 0) return undefined;
  const { total, names } = sumsOf(addresses);
  const users = tallyBy(ignoredByField, "user");
  const rows = rowsOf(addresses, letIn);
  const isWorthRows = rows.some(({ letInAt }) => letInAt !== undefined);
  return {
    sentence: `Lines of refused ssh logins: ${formatCount(total)} from ${names}.`,
    addresses: isWorthRows ? shortened(rows, total) : { rows: [] },
    ...(isWorthRows && users && { users: ["as ", ...namesOf(users)] }),
  };
}

/** How often each address was refused. */
export function refusedByAddress({ ignoredByField }: Tallies): ReadonlyMap<string, number> {
  return new Map(Object.entries(tallyBy(ignoredByField, "address")?.counts ?? {}));
}

function tallyBy(files: readonly FileTallies[], by: TallyField): Tally | undefined {
  return files.find(({ file }) => file === loginFile)?.tallies.find((tally) => tally.by === by);
}

function sumsOf({ counts, others, floor }: NameCounts): { readonly total: number; readonly names: Words } {
  const values = Object.values(counts);
  const total = values.reduce((sum, count) => sum + count, others);
  const least = floor === undefined ? "" : "at least ";
  return { total, names: `${least}${countOf(values.length, "address", "addresses")}` };
}

/** The one that got in first, then the worst. */
function rowsOf({ counts, notes = {} }: Tally, letIn: ReadonlyMap<Words, Words>): readonly LoginRow[] {
  const rows = Object.entries(counts).flatMap(([name, count]): LoginRow[] => {
    const address = wordOf(name);
    if (address === undefined) return [];
    const letInAt = letIn.get(address);
    const note = Object.hasOwn(notes, name) ? notes[name] : undefined;
    return [
      {
        address,
        count,
        ...(letInAt !== undefined && { letInAt }),
        ...(note !== undefined && { note: quotedShort(note, maxNoteBytes) }),
      },
    ];
  });
  const rank = ({ letInAt }: LoginRow): number => (letInAt === undefined ? 1 : 0);
  return rows.toSorted((one, other) => rank(one) - rank(other) || other.count - one.count);
}

function shortened(rows: readonly LoginRow[], total: number): Logins["addresses"] {
  const shown = rows.slice(0, maxNames);
  const rest = total - shown.reduce((sum, { count }) => sum + count, 0);
  const names = rows.length - shown.length;
  return {
    rows: shown,
    ...(rest > 0 && { more: `${formatCount(rest)}  ${formatCount(names)} more addresses` }),
  };
}

/** Of the lines of one kind. */
export function talliesOf(tallies: readonly Tally[] = []): readonly Phrase[] {
  return tallies.map((tally) => [`by ${tally.by}: `, ...namesOf(tally, noted(tally))]);
}

/** "IGNORED": what each file's rules count by, then all files. */
export function ignoredOf(
  { ignoredByFile, ignoredByField }: Tallies,
  { ignoredRows, nameCharacters }: Limits,
): readonly IgnoredRow[] {
  const files = Object.entries(ignoredByFile).toSorted(([, one], [, other]) => other - one);
  if (files.length === 0 || ignoredRows === 0) return [];
  const counted = ignoredByField
    .flatMap(({ file, tallies }) => tallies.map((tally) => ({ file, tally })))
    .filter(({ tally }) => Object.keys(tally.counts).length > 0)
    .slice(0, ignoredRows);
  const counts = Object.fromEntries(files);
  return [
    { counts: namesOf({ counts, others: 0 }, (name) => quotedName(name, nameCharacters), ignoredRows) },
    ...counted.map(({ file, tally }) => ({
      file: quotedName(file, nameCharacters),
      by: `by ${tally.by}`,
      counts: namesOf(tally, noted(tally)),
    })),
  ];
}

function noted({ notes = {} }: Tally): (name: ByteString) => Quoted {
  return (name) => {
    const note = Object.hasOwn(notes, name) ? notes[name] : undefined;
    const shown = quotedShort(name, maxNameBytes);
    return note === undefined
      ? shown
      : { quoted: `${shown.quoted} (${quotedShort(note, maxNoteBytes).quoted})` };
  };
}

/** "22/TCP 310, 23/TCP at least 12, 40 more 90". */
function namesOf(
  { counts, others, missed = {}, floor }: NameCounts,
  show: (name: string) => Quoted = (name) => quotedShort(name, maxNameBytes),
  most = maxNames,
): Phrase {
  const rows = Object.entries(counts).toSorted(([, one], [, other]) => other - one);
  const shown = rows.slice(0, most).flatMap(([name, count], index): Phrase => {
    // What came before a name was counted is not known.
    const atLeast = Object.hasOwn(missed, name) ? "at least " : "";
    return [index > 0 ? ", " : "", show(name), ` ${atLeast}${formatCount(count)}`];
  });
  const hidden = rows.slice(most);
  const rest = hidden.reduce((sum, [, count]) => sum + count, others);
  if (rest === 0) return shown;
  // Where names were dropped, or lines had none, the number of names is not known.
  const names = floor === undefined && others === 0 ? `${formatCount(hidden.length)} more` : "others";
  return [...shown, `, ${names} ${formatCount(rest)}`];
}
