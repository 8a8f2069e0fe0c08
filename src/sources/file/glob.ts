/**
 * Matches paths with globs; micromatch's only door, which parses them.
 * Promise: matching takes time in proportion to the path and the glob, whatever they hold, and never throws.
 *
 * A regular expression made of `*-*-*-*-*` tries every way to share out the dashes of a name: 25 s for one name of 230.
 * Here the set of places where a match may stand is moved along the glob, as an automaton does it.
 */
import micromatch from "micromatch";

export interface Glob {
  /** The directory below which everything lies that can match. */
  readonly base: string;
  /** How many directories deep a match may lie below the base; Infinity for `**`. */
  readonly depth: number;
  isMatch(path: string): boolean;
}

/** Of one name: a piece gives the ends that it can reach from a place. */
type Piece =
  | { readonly kind: "character"; readonly accepts: (character: string) => boolean }
  | { readonly kind: "star" }
  | {
      readonly kind: "group";
      readonly repeat: "+" | "*" | "?" | "@" | "!";
      readonly alternatives: readonly (readonly Piece[])[];
    };

/** A name of the path; "globstar" is `**`, any number of them. */
type Part = "globstar" | { readonly pieces: readonly Piece[]; readonly mayBeginWithDot: boolean };

/** Braces may stand for this many globs, and no more. */
const mostExpanded = 10_000;

/** Whether a path has the signs of a glob. */
export function isGlob(path: string): boolean {
  return micromatch.scan(path).isGlob;
}

/** Throws where the braces of a glob stand for too many. */
export function compileGlob(pattern: string): Glob {
  const { base, negated, input } = micromatch.scan(pattern);
  const text = negated ? pattern.slice(pattern.length - input.length).replace(/^!/, "") : pattern;
  const globs = [...new Set(expanded(text))].map((one) => splitPath(one).map(partOf));
  const depth = globs.some((parts) => parts.includes("globstar"))
    ? Infinity
    : Math.max(...globs.map(({ length }) => length)) - (base === "" ? 0 : base.split("/").length);
  return {
    base: base === "" ? "." : base,
    depth,
    isMatch(path) {
      const names = path.split("/");
      return globs.some((parts) => matchesPath(parts, names)) !== (negated === true);
    },
  };
}

function expanded(pattern: string): readonly string[] {
  if (!pattern.includes("{")) return [pattern];
  const found = micromatch.braces(pattern, { expand: true, rangeLimit: mostExpanded, keepEscaping: true });
  if (found.length > mostExpanded) throw new Error(`its braces stand for more than ${mostExpanded} globs`);
  return found;
}

/** At each slash that is in no bracket or group. */
function splitPath(pattern: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  let depth = 0;
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] ?? "";
    if (character === "\\") part += character + (pattern[++index] ?? "");
    else if (character === "/" && depth === 0) {
      parts.push(part);
      part = "";
    } else {
      if (character === "(") depth++;
      if (character === ")" && depth > 0) depth--;
      part += character;
    }
  }
  return [...parts, part];
}

function partOf(text: string): Part {
  if (text === "**") return "globstar";
  const { pieces } = parsePieces(Array.from(text), 0, false);
  return { pieces, mayBeginWithDot: /^(\\?\.|[@+*?]\((\\?\.))/.test(text) };
}

/** In a group it ends at `|` or `)`, which `next` then stands at. */
function parsePieces(characters: readonly string[], from: number, isInGroup: boolean) {
  const pieces: Piece[] = [];
  let next = from;
  while (next < characters.length) {
    const character = characters[next] ?? "";
    if (isInGroup && (character === "|" || character === ")")) break;
    const group = groupAt(characters, next);
    const bracket = character === "[" ? bracketAt(characters, next) : undefined;
    if (group) {
      pieces.push(group.piece);
      next = group.next;
    } else if (bracket) {
      pieces.push({ kind: "character", accepts: bracket.accepts });
      next = bracket.next;
    } else if (character === "*") {
      if (pieces.at(-1)?.kind !== "star") pieces.push({ kind: "star" });
      next++;
    } else if (character === "?") {
      pieces.push({ kind: "character", accepts: () => true });
      next++;
    } else {
      const isEscaped = character === "\\" && next + 1 < characters.length;
      const meant = isEscaped ? (characters[next + 1] ?? "") : character;
      pieces.push({ kind: "character", accepts: (one) => one === meant });
      next += isEscaped ? 2 : 1;
    }
  }
  return { pieces, next };
}

const repeats = ["+", "*", "?", "@", "!"] as const;

function groupAt(characters: readonly string[], from: number) {
  const repeat = repeats.find((one) => one === characters[from]);
  if (repeat === undefined || characters[from + 1] !== "(") return undefined;
  const alternatives: (readonly Piece[])[] = [];
  let next = from + 1;
  do {
    const parsed = parsePieces(characters, next + 1, true);
    alternatives.push(parsed.pieces);
    next = parsed.next;
  } while (characters[next] === "|");
  // Never closed: the parenthesis is one.
  if (characters[next] !== ")") return undefined;
  return { piece: { kind: "group", repeat, alternatives } as const, next: next + 1 };
}

const classes: Readonly<Record<string, RegExp>> = {
  alnum: /^[a-zA-Z0-9]$/,
  alpha: /^[a-zA-Z]$/,
  blank: /^[ \t]$/,
  digit: /^[0-9]$/,
  lower: /^[a-z]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  space: /^\s$/,
  upper: /^[A-Z]$/,
  xdigit: /^[0-9a-fA-F]$/,
};

function bracketAt(characters: readonly string[], from: number) {
  let next = from + 1;
  const isNegated = characters[next] === "!" || characters[next] === "^";
  if (isNegated) next++;
  const accepted: ((character: string) => boolean)[] = [];
  for (let isFirst = true; characters[next] !== "]" || isFirst; isFirst = false) {
    if (next >= characters.length) return undefined;
    const name = /^\[:([a-z]+):\]/.exec(characters.slice(next, next + 12).join(""));
    const known = name && classes[name[1] ?? ""];
    if (name && known) {
      accepted.push((one) => known.test(one));
      next += name[0].length;
      continue;
    }
    if (characters[next] === "\\" && next + 1 < characters.length) next++;
    const low = characters[next] ?? "";
    next++;
    if (characters[next] === "-" && characters[next + 1] !== "]" && next + 1 < characters.length) {
      const high = characters[next + 1] ?? "";
      accepted.push((one) => one >= low && one <= high);
      next += 2;
    } else accepted.push((one) => one === low);
  }
  const accepts = (one: string): boolean => accepted.some((accept) => accept(one)) !== isNegated;
  return { accepts, next: next + 1 };
}

function matchesPath(parts: readonly Part[], names: readonly string[]): boolean {
  // Which names have been used up, as a set that is moved along the parts.
  let reached = new Set([0]);
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const next = new Set<number>();
    for (const from of reached) {
      if (part !== "globstar") {
        if (from < names.length && matchesName(part, names[from] ?? "")) next.add(from + 1);
        continue;
      }
      // At the end it stands for what is in a directory, and not for the directory.
      if (!isLast) next.add(from);
      for (let to = from; to < names.length && !names[to]?.startsWith("."); to++) next.add(to + 1);
    }
    reached = next;
  }
  return reached.has(names.length);
}

function matchesName({ pieces, mayBeginWithDot }: Exclude<Part, "globstar">, name: string): boolean {
  if (name.startsWith(".") && !mayBeginWithDot) return false;
  const characters = Array.from(name);
  const start = new Uint8Array(characters.length + 1);
  start[0] = 1;
  return endsOf(pieces, characters, start)[characters.length] === 1;
}

/** A place is between two characters. Which ones are reached: 1 at each of them. */
type Places = Uint8Array;

/** Where a match of the pieces can end that begins at one of the places. */
function endsOf(pieces: readonly Piece[], characters: readonly string[], from: Places): Places {
  let reached = from;
  for (const piece of pieces) reached = endsOfPiece(piece, characters, reached);
  return reached;
}

function endsOfPiece(piece: Piece, characters: readonly string[], from: Places): Places {
  const ends = new Uint8Array(from.length);
  switch (piece.kind) {
    case "character":
      for (let at = 0; at < characters.length; at++)
        if (from[at] === 1 && piece.accepts(characters[at] ?? "")) ends[at + 1] = 1;
      return ends;
    case "star": {
      const first = from.indexOf(1);
      return first === -1 ? ends : ends.fill(1, first);
    }
    case "group":
      return endsOfGroup(piece.repeat, piece.alternatives, characters, from);
  }
}

function endsOfGroup(
  repeat: (typeof repeats)[number],
  alternatives: readonly (readonly Piece[])[],
  characters: readonly string[],
  from: Places,
): Places {
  const once = (places: Places): Places => {
    const ends = new Uint8Array(places.length);
    for (const pieces of alternatives) addPlaces(ends, endsOf(pieces, characters, places));
    return ends;
  };
  switch (repeat) {
    case "@":
      return once(from);
    case "?": {
      const ends = once(from);
      addPlaces(ends, from);
      return ends;
    }
    case "!": {
      const ends = new Uint8Array(from.length);
      for (let at = 0; at < from.length; at++) {
        if (from[at] !== 1) continue;
        const excluded = once(new Uint8Array(from.length).fill(1, at, at + 1));
        for (let end = at; end < from.length; end++) if (excluded[end] !== 1) ends[end] = 1;
      }
      return ends;
    }
    case "+":
    case "*": {
      const ends = once(from);
      // Each round adds a place, or it is the last.
      while (addPlaces(ends, once(ends)));
      if (repeat === "*") addPlaces(ends, from);
      return ends;
    }
  }
}

/** Whether it added any. */
function addPlaces(places: Places, more: Places): boolean {
  let hasAdded = false;
  for (let at = 0; at < more.length; at++)
    if (more[at] === 1 && places[at] !== 1) {
      places[at] = 1;
      hasAdded = true;
    }
  return hasAdded;
}
