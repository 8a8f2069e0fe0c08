/** Counts by name in words: the largest first, then how many more. */
import type { NameCounts } from "../../group/heavy-hitters.js";
import { beginningOf } from "../../group/sample.js";
import type { Tally } from "../../group/tally.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { escaped } from "../../std/text/escape.js";
import { formatCount } from "./wording.js";

const maxTallyRows = 6;
/** Of a name: an agent may take a line of its own. */
const maxNameBytes = 64;

/** "by port: 22/TCP 1,204, 23/TCP 903, and 38 more: 517". */
export function tallyText({ by, notes = {}, ...counts }: Tally): string {
  const show = (name: ByteString): string => {
    const note = Object.hasOwn(notes, name) ? notes[name] : undefined;
    return note === undefined ? shortened(name) : `${shortened(name)} (${shortened(note)})`;
  };
  return `by ${by}: ${namedCounts(counts, maxTallyRows, show)}`;
}

/** "ssh 1,204, firewall 310, and 3 more: 12": at most `maxRows` names, as `show` makes them printable. */
export function rankedCounts(
  counts: NameCounts["counts"],
  maxRows: number,
  show: (name: string) => string,
): string {
  return namedCounts({ counts, others: 0 }, maxRows, show);
}

function namedCounts(
  { counts, others, missed = {}, floor }: NameCounts,
  maxRows: number,
  show: (name: string) => string,
): string {
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const shown = rows.slice(0, maxRows).map(([name, count]) => {
    // What came before a name was counted is not known.
    const atLeast = Object.hasOwn(missed, name) ? "at least " : "";
    return `${show(name)} ${atLeast}${formatCount(count)}`;
  });
  const hidden = rows.slice(maxRows);
  const rest = hidden.reduce((sum, [, count]) => sum + count, others);
  if (rest === 0) return shown.join(", ");
  // Where names were dropped, or lines had none, the number of names is not known.
  const names = floor === undefined && others === 0 ? `${formatCount(hidden.length)} more` : "more";
  return [...shown, `and ${names}: ${formatCount(rest)}`].join(", ");
}

function shortened(name: ByteString): string {
  const beginning = beginningOf(name, maxNameBytes);
  return escaped(beginning) + (beginning.length < name.length ? "..." : "");
}
