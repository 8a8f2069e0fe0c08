/**
 * Where the date of a line stands. fail2ban takes it away before it looks for failures, a rule reads the line with it.
 * Promise: a rule asks for a date where fail2ban would have taken one away, and for nothing else in its place.
 */
import { ereOf } from "./character-set.js";
import { withoutTail } from "./ere-text.js";
import { after, before } from "./languages.js";
import { NotCarriedOver } from "./not-carried-over.js";
import { choice, never, repeat, sequence, type Tree } from "./regex-tree.js";

/** Where dates stand. */
export type Placement =
  /** At the start of the line, alone or in brackets. */
  | { readonly kind: "start" }
  /** In the first brackets. */
  | { readonly kind: "brackets" }
  /** At the start, in a form of the filter's own. */
  | { readonly kind: "own"; readonly ere: string };

/** The header of all rules: the loader knows it, and widens it to the other forms of a time stamp. */
const header = String.raw`\w{3} [ :0-9]{11}`;
/** "2026-11-22 00:41:26,123", "2026/11/22 00:41:26". */
const dayFirst = String.raw`[0-9]{4}[-/][0-9]{2}[-/][0-9]{2} [0-9:]{8}([.,][0-9]+)?`;
/** "2026-11-22T00:41:26+0000", and what follows without a blank. */
const withZone = String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}([.,][0-9]+)?(Z| ?[-+][0-9:]{4,6})?`;
/** "Sun Nov 22 00:41:26.123456 2026", "22/Nov/2026:00:41:26 +0000", "2026-11-22T00:41:26+00:00". */
const inBrackets = [
  String.raw`[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8}([.][0-9]+)? [0-9]{4}`,
  String.raw`[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9:]{8} [-+][0-9]{4}`,
  String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}([.,][0-9]+)?(Z|[-+][0-9:]{4,6})?`,
].join("|");

/**
 * The lines with their dates, each from its start. None: no line of a known form has a date there. Where nothing says
 * where dates stand, those that may begin with one do, and then have no other after all that the expression asks for.
 */
export function withDates(lines: Tree, placements: readonly Placement[] | undefined): readonly Tree[] {
  const atStart = dated(lines, { kind: "start" });
  const found = placements
    ? placements.flatMap((placement) => dated(lines, placement))
    : [...atStart, ...dated(atStart.length > 0 ? withoutTail(lines) : lines, { kind: "brackets" })];
  const isUnsaid = !placements || placements.some(({ kind }) => kind === "start");
  if (found.length === 0 && isUnsaid) return [sequence(date(withZone), lines)];
  return found.flatMap((tree) => (tree.kind === "choice" ? tree.options : [tree]));
}

function dated(lines: Tree, placement: Placement): readonly Tree[] {
  const inBracketsFirst = bracketed(after(after(lines, "["), "]"));
  const found = ((): readonly Tree[] => {
    switch (placement.kind) {
      case "start": {
        const rest = after(lines, " ");
        return [sequence(date(`${header} `), rest), sequence(date(`${dayFirst} `), rest), inBracketsFirst];
      }
      case "brackets":
        return [withoutEmptyBrackets(dateWithin(lines)), inBracketsFirst];
      case "own":
        return [sequence(date(placement.ere), lines)];
    }
  })();
  return found.filter(({ kind }) => kind !== "never");
}

function date(ere: string): Tree {
  return { kind: "date", ere };
}

function bracketed(rest: Tree): Tree {
  return sequence(date(String.raw`\[(${inBrackets})\]`), rest);
}

/** Without the options in which brackets stay empty, where there are others: the date belongs there. */
function withoutEmptyBrackets(tree: Tree): Tree {
  if (tree.kind !== "choice") return tree;
  const filled = tree.options.filter((option) => !hasEmptyBrackets(option));
  return filled.length > 0 ? choice(...filled) : tree;
}

function hasEmptyBrackets(tree: Tree): boolean {
  if (tree.kind !== "sequence") return false;
  const isOnly = (item: Tree | undefined, ere: string): boolean =>
    item?.kind === "set" && ereOf(item.set) === ere;
  return tree.items.some((item, index) => isOnly(item, String.raw`\[`) && isOnly(tree.items[index + 1], "]"));
}

/** The lines with a date in place of nothing between two brackets. */
function dateWithin(tree: Tree): Tree {
  switch (tree.kind) {
    case "sequence": {
      // Nothing comes after the end of the line.
      const end = tree.items.findIndex(({ kind }) => kind === "end");
      const items = end < 0 ? tree.items : tree.items.slice(0, end);
      return choice(
        ...items.flatMap((item, index) => {
          const [left, right] = [tree.items.slice(0, index), tree.items.slice(index + 1)];
          const inside = sequence(...left, dateWithin(item), ...right);
          const between =
            index === 0
              ? never
              : around(before(sequence(...left), "["), after(sequence(item, ...right), "]"));
          return [inside, between];
        }),
      );
    }
    case "choice":
      return choice(...tree.options.map(dateWithin));
    case "group":
      return dateWithin(tree.body);
    case "repeat": {
      const { body, least, most } = tree;
      const [inside, between] = [dateWithin(body), around(before(body, "["), after(body, "]"))];
      if (most === 1) return inside;
      const within = choice(inside, between.kind === "never" ? never : between);
      if (within.kind === "never") return never;
      if (least > 1 || most !== Infinity)
        throw new NotCarriedOver("may have its date in a part that is repeated so many times");
      const more = repeat(body, 0, Infinity);
      return sequence(more, within, more);
    }
    default:
      return never;
  }
}

function around(left: Tree, right: Tree): Tree {
  return left.kind === "never" || right.kind === "never"
    ? never
    : sequence(left, date(String.raw`\[(${inBrackets})\]`), right);
}

const patterns: Readonly<Record<string, string>> = {
  "%ExY": "[0-9]{4}",
  "%Exy": "[0-9]{2}",
  "%Y": "[0-9]{4}",
  "%y": "[0-9]{2}",
  "%m": "[0-9]{1,2}",
  "%d": "[ 0-9]?[0-9]",
  "%H": "[0-9]{1,2}",
  "%I": "[0-9]{1,2}",
  "%M": "[0-9]{2}",
  "%S": "[0-9]{2}",
  "%f": "[0-9]{1,6}",
  "%b": "[A-Z][a-z]{2}",
  "%a": "[A-Z][a-z]{2}",
  "%p": "[AP]M",
  "%z": "(Z|[-+][0-9]{2}:?[0-9]{2})",
};

/** What a line of a filter's datepattern says; undefined where it is not known. */
export function placementOf(pattern: string): Placement | undefined {
  if (/^(\{\^LN-BEG\}|\^?\{DATE\})$/.test(pattern)) return { kind: "start" };
  if (/^\^\[\^\\\[\]\*\\\[\(\{DATE\}\)$/.test(pattern)) return { kind: "brackets" };
  const [, own] = /^(?:\^|\{\^LN-BEG\})(.+)$/.exec(pattern) ?? [];
  if (own === "Epoch") return { kind: "own", ere: "[0-9]{10}([.][0-9]{3,6})?" };
  // Beyond names of parts there may only be plain characters.
  if (own === undefined || !/^(?:%(?:Ex)?[A-Za-z]|[-A-Za-z0-9 :/,=]|\\[.[\]()])+$/.test(own))
    return undefined;
  const ere = own.replace(/%(?:Ex)?[A-Za-z]/g, (name) => patterns[name] ?? "\0");
  return ere.includes("\0") ? undefined : { kind: "own", ere };
}
