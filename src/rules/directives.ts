/**
 * Reads the comments that qualify rules: `#@ key=value key="quoted value"`. An unmodified logcheck reads past them.
 * Promise: what cannot be read or is not known is named with its column, and changes nothing.
 */

/** What rules are qualified by. Plain data, shared by all rules that one comment qualifies. */
export interface Directives {
  /** By what the lines that the rule ignores are counted in the report. */
  readonly tally?: readonly Tallied[];
}

/** "packets": by port and by network, where the line is about a packet. */
export type Tallied = "packets";

export interface DirectiveError {
  /** Where in the comment, from 1, in bytes. */
  readonly column: number;
  readonly reason: string;
}

export interface ReadDirectives {
  readonly directives: Directives;
  readonly errors: readonly DirectiveError[];
}

/** One `key=value` of a comment. */
interface Item {
  readonly key: string;
  readonly value: string;
  readonly column: number;
}

const mark = "#@";

/** Whether a line of a rule file is such a comment. */
export function isDirectiveComment(text: string): boolean {
  return text.startsWith(mark);
}

/** In: a comment that begins with `#@`, bytes as latin1. Never throws; each error costs its own directive only. */
export function readDirectives(comment: string): ReadDirectives {
  const { items, errors } = readItems(comment);
  const known = new Map<string, Directives>();
  const unknown: DirectiveError[] = [];
  for (const { key, value, column } of items) {
    const read = known.has(key) ? `"${key}" is given twice` : readItem(key, value);
    if (typeof read === "string") unknown.push({ column, reason: read });
    else known.set(key, read);
  }
  return {
    directives: Object.assign({}, ...known.values()) as Directives,
    errors: [...errors, ...unknown].sort((one, other) => one.column - other.column),
  };
}

/** What a directive says, or why it cannot be applied. */
function readItem(key: string, value: string): Directives | string {
  if (key !== "tally") return `unknown directive "${key}"`;
  const by = value.split(",");
  if (by.every((name) => name === "packets")) return { tally: ["packets"] };
  // The file's bytes are latin1 here, messages are text.
  const shown = Buffer.from(value, "latin1").toString();
  return `unknown value "${shown}" of "tally", which takes "packets"`;
}

/**
 * What a comment is made of, by its first group that is there: an item with a quoted or a bare value, a quote that is
 * not closed, or a word that is no item. Each matches at one place only, so the work is linear. Blanks are those that
 * make a line of a rule file a blank one.
 */
const pieces =
  /([a-z][a-z-]*)=(?:"([^"]*)"|([^" \t\v\f\r]+))(?![^ \t\v\f\r])|([a-z][a-z-]*="[^"]*$)|[^ \t\v\f\r]+/g;

function readItems(comment: string): { readonly items: Item[]; readonly errors: DirectiveError[] } {
  const items: Item[] = [];
  const errors: DirectiveError[] = [];
  for (const piece of comment.slice(mark.length).matchAll(pieces)) {
    const [, key, quoted, bare, open] = piece;
    const column = mark.length + piece.index + 1;
    if (key !== undefined) items.push({ key, value: quoted ?? bare ?? "", column });
    else if (open !== undefined) errors.push({ column, reason: "a quote is not closed" });
    else errors.push({ column, reason: 'not of the form key=value or key="some words"' });
  }
  return { items, errors };
}
