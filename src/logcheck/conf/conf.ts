/**
 * Reads logcheck.conf as data: assignments of literals and of `$(date +FORMAT)`, which is what real ones contain.
 * Promise: no shell runs it. Any other construct is named with its line, and its meaning is never guessed.
 */

/** What an assignment is made of: literal text, or the date in a format of date(1). */
export type ConfPart = string | { readonly dateFormat: string; readonly isUtc: boolean };

export interface Assignment {
  readonly name: string;
  readonly line: number;
  readonly value: readonly ConfPart[];
}

/** `NAME=(word …)`. */
export interface ListAssignment {
  readonly name: string;
  readonly line: number;
  readonly words: readonly string[];
}

export interface ConfRefusal {
  readonly line: number;
  /** The construct in words, such as `variable "$HOME"`. */
  readonly construct: string;
}

export interface Conf {
  readonly assignments: readonly Assignment[];
  readonly lists: readonly ListAssignment[];
  readonly refusals: readonly ConfRefusal[];
}

class Refused extends Error {}

/**
 * Reads the text of one file. In bash the last assignment of a name wins; all are returned, in order.
 * Never throws: after a refused construct the rest of the line is skipped, and reading goes on with the next line.
 */
export function readConf(text: string): Conf {
  return new ConfReader(text).read();
}

const variableName = /[A-Za-z_][A-Za-z0-9_]*/y;
/** Where an unquoted word ends. */
const wordEnd = /[ \t\n;&|<>()]/;
/** Unquoted in a list, these would expand to file names or to several words. */
const expandsInList = /[*?[{~]/;

class ConfReader {
  private readonly text: string;
  private offset = 0;
  private readonly assignments: Assignment[] = [];
  private readonly lists: ListAssignment[] = [];
  private readonly refusals: ConfRefusal[] = [];

  constructor(text: string) {
    this.text = text;
  }

  read(): Conf {
    while (this.offset < this.text.length) {
      const start = this.offset;
      try {
        this.readCommand();
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.refusals.push({ line: this.lineOf(start), construct: error.message });
        this.skipLine();
      }
    }
    return { assignments: this.assignments, lists: this.lists, refusals: this.refusals };
  }

  /** One assignment, comment or newline, with the blanks before it. */
  private readCommand(): void {
    this.skipBlanks();
    const next = this.text[this.offset];
    if (next === undefined) return;
    if (next === "#") return this.skipLine();
    if (next === "\n") {
      this.offset++;
      return;
    }
    this.readAssignment();
    this.skipBlanks();
    if (this.text[this.offset] === ";") this.offset++;
  }

  private readAssignment(): void {
    const start = this.offset;
    const name = this.match(variableName);
    const operator = this.text[this.offset];
    if (name === undefined || operator !== "=") {
      this.offset = start;
      throw new Refused(this.nameOfCommand());
    }
    this.offset++;
    const line = this.lineOf(start);
    if (this.text[this.offset] === "(") {
      this.offset++;
      this.lists.push({ name, line, words: this.readList() });
    } else {
      this.assignments.push({ name, line, value: this.readWord(false) });
    }
    const after = this.text[this.offset];
    if (after !== undefined && /[&|<>()]/.test(after)) throw new Refused(`"${after}"`);
  }

  private nameOfCommand(): string {
    const line = this.text.slice(this.offset).split("\n", 1)[0] ?? "";
    if (line.startsWith("\r")) return "carriage return (a file with CRLF line ends)";
    const word = /^[^ \t;&|<>()=]*/.exec(line)?.[0] ?? "";
    if (/^[A-Za-z_]\w*(?:\+|\[.*)$/.test(word)) return `assignment "${word}="`;
    return word === "" ? `"${line[0] ?? ""}"` : `command "${word}"`;
  }

  private readList(): string[] {
    const words: string[] = [];
    for (;;) {
      this.skipBlanks();
      const next = this.text[this.offset];
      if (next === undefined) throw new Refused('"(" without its ")"');
      if (next === ")") {
        this.offset++;
        return words;
      }
      if (next === "\n") this.offset++;
      else if (next === "#") this.skipLine();
      else words.push(this.readLiteral(true));
    }
  }

  /** A word that contains no date. */
  private readLiteral(isInList: boolean): string {
    const parts = this.readWord(isInList);
    const literals = parts.filter((part) => typeof part === "string");
    if (literals.length < parts.length) throw new Refused("command substitution");
    return literals.join("");
  }

  /** A word up to an unquoted blank or separator, without its quotes. */
  private readWord(isInList: boolean): ConfPart[] {
    const parts: ConfPart[] = [];
    let literal = "";
    for (let next = this.text[this.offset]; next !== undefined; next = this.text[this.offset]) {
      if (wordEnd.test(next)) break;
      if (next === "'") literal += this.readSingleQuoted();
      else if (next === '"') {
        for (const part of this.readDoubleQuoted())
          if (typeof part === "string") literal += part;
          else {
            parts.push(literal, part);
            literal = "";
          }
      } else if (next === "\\") literal += this.readEscape();
      else if (next === "$" || next === "`") {
        const part = this.readExpansion(false);
        if (typeof part === "string") literal += part;
        else {
          parts.push(literal, part);
          literal = "";
        }
      } else {
        const startsPath = literal === "" && parts.length === 0;
        if (next === "~" && (startsPath || literal.endsWith(":"))) throw new Refused('"~"');
        if (isInList && expandsInList.test(next)) throw new Refused(`"${next}"`);
        literal += next;
        this.offset++;
      }
    }
    return [...parts, literal].filter((part) => part !== "");
  }

  private readSingleQuoted(): string {
    const end = this.text.indexOf("'", this.offset + 1);
    if (end < 0) throw new Refused("quote without its end");
    const literal = this.text.slice(this.offset + 1, end);
    this.offset = end + 1;
    return literal;
  }

  private readDoubleQuoted(): ConfPart[] {
    const parts: ConfPart[] = [];
    this.offset++;
    for (let next = this.text[this.offset]; next !== '"'; next = this.text[this.offset]) {
      if (next === undefined) throw new Refused("quote without its end");
      if (next === "$" || next === "`") parts.push(this.readExpansion(true));
      else if (next === "\\" && /[$`"\\\n]/.test(this.text[this.offset + 1] ?? ""))
        parts.push(this.readEscape());
      else {
        parts.push(next);
        this.offset++;
      }
    }
    this.offset++;
    return parts;
  }

  /** A backslash and the character it quotes; a backslash and a newline both vanish. */
  private readEscape(): string {
    const escaped = this.text[this.offset + 1] ?? "\\";
    this.offset += 2;
    return escaped === "\n" ? "" : escaped;
  }

  /** What begins with `$` or a back quote: a plain dollar sign or the date. Anything else is refused. */
  private readExpansion(isQuoted: boolean): ConfPart {
    const rest = this.text.slice(this.offset);
    if (rest.startsWith("`")) throw new Refused("command substitution");
    if (rest.startsWith("$((")) throw new Refused("arithmetic");
    if (rest.startsWith("$(")) return this.readDate();
    const variable = /^\$(?:\{[^}\n]*\}?|[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/.exec(rest);
    if (variable) throw new Refused(`variable "${variable[0]}"`);
    if (!isQuoted && /^\$['"]/.test(rest)) throw new Refused(`"${rest.slice(0, 2)}"`);
    // bash joins the lines first, so that a name may follow.
    if (rest.startsWith("$\\\n")) throw new Refused('"$" at the end of a continued line');
    this.offset++;
    return "$";
  }

  private readDate(): ConfPart {
    this.offset += 2;
    const words: string[] = [];
    for (;;) {
      this.skipBlanks();
      const next = this.text[this.offset];
      if (next === ")") break;
      if (next === undefined || wordEnd.test(next)) throw new Refused("command substitution");
      words.push(this.readLiteral(true));
    }
    this.offset++;
    const isUtc = words[1] === "-u" || words[1] === "--utc";
    const [format, ...others] = words.slice(isUtc ? 2 : 1);
    if (words[0] !== "date" || format === undefined || !format.startsWith("+") || others.length > 0)
      throw new Refused(`command substitution "$(${words.join(" ")})"`);
    return { dateFormat: format.slice(1), isUtc };
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.offset += found.length;
    return found;
  }

  private skipBlanks(): void {
    this.match(/(?:[ \t]|\\\n)*/y);
  }

  private skipLine(): void {
    const end = this.text.indexOf("\n", this.offset);
    this.offset = end < 0 ? this.text.length : end + 1;
  }

  private lineOf(offset: number): number {
    return this.text.slice(0, offset).split("\n").length;
  }
}
