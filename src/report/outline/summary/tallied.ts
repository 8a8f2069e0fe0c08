/**
 * What rules ignored, in numbers, by rule file.
 * Promise: hopeless attacks are not shown line by line, and are not forgotten either.
 */
import type { NameCounts } from "../../../group/heavy-hitters.js";
import type { Tally } from "../../../group/tally.js";
import type { ByteString } from "../../../std/text/byte-string.js";
import { formatCount } from "../../render/wording.js";
import type { Tallies } from "../../tallies.js";
import type { Limits } from "../limits.js";
import type { IgnoredRow } from "../outline.js";
import type { Phrase, Quoted } from "../parts.js";
import { quotedName, quotedShort } from "../kind/quoted.js";

const maxNames = 5;
const maxNameBytes = 64;
const maxNoteBytes = 96;

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
export function namesOf(
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
