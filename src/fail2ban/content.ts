/**
 * Joins a filter's prefregex with what its failregexes look for in the content that the prefregex finds.
 * Promise: the lines are exactly those in which Python would find the content, and the failure in it; where that cannot
 * be shown, NotCarriedOver is thrown.
 *
 * Python takes for the content what the first way to match leaves, where each part takes as much as it can. So a line
 * that could also be divided otherwise counts only if Python divides it so.
 */
import {
  anyCharacter,
  hasCharacter,
  inBothCases,
  rangeOf,
  without,
  type CharacterSet,
} from "./character-set.js";
import { areBoth, areBothOutside, isOutside } from "./comparisons.js";
import { NotCarriedOver } from "./not-carried-over.js";
import { parsePythonRegex } from "./python-regex.js";
import { changed, choice, contains, never, repeat, sequence, setTree, type Tree } from "./regex-tree.js";
import { contentGroup } from "./tags.js";
import { decided } from "./look-aheads.js";
import { wholeLines } from "./whole-lines.js";

/** A prefregex, divided. */
interface Prefix {
  readonly items: readonly Tree[];
  readonly content: Tree;
}

/**
 * The whole lines in which the prefregex finds a content, and the failregex a failure in it. Where a failure can begin
 * like parts of a syslog header that the prefregex may leave out, only lines count that have them, the host first.
 */
export function linesWithContent(prefregex: Tree, failregex: Tree): Tree {
  const prefix = dividedPrefix(prefregex);
  const failure = wholeLines(failregex, false);
  if (isOutside(failure, prefix.content))
    throw new NotCarriedOver("is looked for in a content that the prefregex bounds");
  const host = prefix.items.findIndex((item) => isOptionalPart(item) && isWord(bodyOf(item)));
  try {
    return joined(prefix, failure, undefined);
  } catch (error) {
    if (host < 0 || !(error instanceof NotCarriedOver)) throw error;
    return joined(prefix, failure, host);
  }
}

/** `host`: which part of the prefix is the name of a host that the line begins with. */
function joined({ items, content }: Prefix, failure: Tree, host: number | undefined): Tree {
  const parts = settledPrefix(items, content, failure, host);
  const marked = sequence(...parts.map(withoutMark), mark, withoutMark(beginningOf(failure)));
  const later = sequence(markedBefore(withoutMark(sequence(...items))), withoutMark(content));
  if (areBoth(marked, later))
    throw new NotCarriedOver("can begin in more than one place of a line, after what the prefregex asks for");
  return sequence(...parts, failure);
}

const anything = repeat(setTree(anyCharacter), 0, Infinity);

/** Parts of a failure that are looked at to compare how it begins. */
const comparedParts = 24;

/** How a failure begins, and anything after that: at least what it matches. */
function beginningOf(failure: Tree): Tree {
  if (failure.kind === "choice") return choice(...failure.options.map(beginningOf));
  if (failure.kind !== "sequence") return failure;
  const isLong = (item: Tree): boolean =>
    contains(
      item,
      (part) =>
        part.kind === "repeat" &&
        part.most > 1 &&
        !(part.body.kind === "set" && !hasCharacter(part.body.set, " ")),
    );
  const place = failure.items.findIndex((item, index) => index >= comparedParts || isLong(item));
  return place < 0 ? failure : sequence(...failure.items.slice(0, place), anything);
}

function bodyOf(item: Tree): Tree {
  return item.kind === "repeat" ? item.body : item;
}

function dividedPrefix(prefregex: Tree): Prefix {
  const items = prefregex.kind === "sequence" ? prefregex.items : [prefregex];
  const place = items.findIndex((item) => item.kind === "group" && item.name === contentGroup);
  const found = items[place];
  const tail = items.slice(place + 1);
  if (found?.kind !== "group") throw new NotCarriedOver("has a prefregex without <F-CONTENT>");
  if (items[0]?.kind !== "start") throw new NotCarriedOver('has a prefregex that does not begin with "^"');
  if (tail.some(({ kind }) => kind !== "end"))
    throw new NotCarriedOver("has a prefregex that goes on after the content");
  const before = items.slice(0, place).filter(({ kind }) => kind !== "start");
  const whole = sequence(...before.map(plainPart));
  const parts = whole.kind === "sequence" ? whole.items : [whole];
  if (parts.some((part) => contains(part, (one) => one.kind === "repeat" && one.isLazy)))
    throw new NotCarriedOver("has a prefregex that takes as little as it can");
  return { items: parts, content: plainPart(found.body) };
}

/** A part of the prefregex without its groups. What only whole lines can tell is refused. */
function plainPart(tree: Tree): Tree {
  const isOdd = ({ kind }: Tree): boolean => kind === "start" || kind === "again" || kind === "if matched";
  const part = decided(changed(tree, (one) => (one.kind === "group" ? one.body : one)));
  if (!part || contains(part, isOdd))
    throw new NotCarriedOver("has a prefregex with look-aheads or references");
  return part;
}

/**
 * The parts of the prefix, each of which stays as it is, or is asked for where it might be left out. From the last to the
 * first: a part may stay where it makes no difference whether Python takes it; it is asked for where each failure begins
 * like it, so that Python takes it. Where lines that count begin with a host, they have what comes after it as well.
 */
function settledPrefix(
  items: readonly Tree[],
  content: Tree,
  failure: Tree,
  host: number | undefined,
): readonly Tree[] {
  let parts: Tree[] = [];
  let [beginning, rest, anyRest] = [beginningOf(failure), failure, content];
  for (let index = items.length - 1; index >= 0; index--) {
    // Nothing that may be left out stands before the host.
    if (index === host)
      return [...items.slice(0, index).filter((one) => !isOptionalPart(one)), hostName, ...parts];
    const item = items[index] ?? never;
    const body = bodyOf(item);
    const taken = sequence(body, anyRest);
    const isFree =
      !isOptionalPart(item) ||
      !areBoth(beginning, taken) ||
      !areBothOutside(rest, taken, sequence(body, rest));
    const isOfHeader = host !== undefined && index > host && endsInBlanks(body);
    if (!isFree && !isOfHeader && isOutside(beginning, taken))
      throw new NotCarriedOver("can begin like what its prefregex takes before it");
    const part = isFree ? item : body;
    parts = [part, ...parts];
    [beginning, rest, anyRest] = [sequence(part, beginning), sequence(part, rest), sequence(item, anyRest)];
  }
  return parts;
}

function endsInBlanks(tree: Tree): boolean {
  const last = tree.kind === "sequence" ? tree.items.at(-1) : tree;
  return last?.kind === "repeat" && JSON.stringify(last.body) === JSON.stringify(blank);
}

const blank = parsePythonRegex(String.raw`\s`);

function isOptionalPart(item: Tree): boolean {
  return item.kind === "repeat" && item.least === 0 && item.most === 1;
}

/** The name of a host, as the headers of rules have it. */
const hostName = parsePythonRegex(String.raw`[\w.-]+\s+`);
const word = JSON.stringify(parsePythonRegex(String.raw`\S+\s+`));

function isWord(tree: Tree): boolean {
  return JSON.stringify(tree) === word;
}

/** No log line has it. */
const markCharacter = "\x01";
const markSet = rangeOf(markCharacter) as CharacterSet;
const mark = setTree(inBothCases(markSet));

function withoutMark(tree: Tree): Tree {
  return changed(tree, (part) => (part.kind === "set" ? setTree(without(part.set, markSet)) : part));
}

/** What the tree matches with a mark before one of its characters. More counts as found, never less. */
function markedBefore(tree: Tree): Tree {
  switch (tree.kind) {
    case "set":
      return sequence(mark, tree);
    case "sequence": {
      // From the end: what comes before the mark is there once.
      const [first, ...items] = tree.items;
      if (!first) return never;
      const rest = sequence(...items);
      return choice(sequence(markedBefore(first), rest), sequence(first, markedBefore(rest)));
    }
    case "choice":
      return choice(...tree.options.map(markedBefore));
    case "repeat": {
      const others = repeat(tree.body, 0, tree.most === 1 ? 0 : tree.most);
      return sequence(others, markedBefore(tree.body), others);
    }
    default:
      return never;
  }
}
