/**
 * Reads regular expressions of Python's module re.
 * Promise: what it does not know is an error with its column, never a guess.
 */
import {
  anyCharacter,
  classOf,
  complementOf,
  inBothCases,
  rangeOf,
  unionOf,
  type CharacterSet,
} from "./character-set.js";
import { choice, end, group, never, nothing, repeat, sequence, setTree, start, type Tree } from "./regex-tree.js";

/** Why an expression cannot be carried over. */
export class NotCarriedOver extends Error {}

/** An expression as a tree. Throws NotCarriedOver. */
export function parsePythonRegex(text: string): Tree {
  const parser = new Parser(text);
  const tree = parser.readChoice();
  parser.expectEnd();
  return tree;
}

const controls: Readonly<Record<string, string>> = {
  a: "\x07",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Nothing that a person writes is nested deeper. */
const deepest = 200;

class Parser {
  private readonly text: string;
  private place = 0;
  private ignoresCase = false;
  private groups = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  readChoice(): Tree {
    const ignoredCase = this.ignoresCase;
    if (++this.depth > deepest) throw this.mistake("is nested too deep");
    const options: Tree[] = [this.readSequence()];
    while (this.take("|")) options.push(this.readSequence());
    this.depth--;
    this.ignoresCase = ignoredCase;
    return options.length === 1 ? (options[0] ?? never) : choice(...options);
  }

  expectEnd(): void {
    if (this.place < this.text.length) throw this.mistake('has a ")" too many');
  }

  private readSequence(): Tree {
    const items: Tree[] = [];
    while (this.place < this.text.length && !this.isAt("|") && !this.isAt(")"))
      items.push(this.readRepeats(this.readAtom()));
    return sequence(...items);
  }

  private readRepeats(atom: Tree): Tree {
    let tree = atom;
    for (let bounds = this.readBounds(); bounds; bounds = this.readBounds()) {
      if (this.isAt("+")) throw this.mistake("has a possessive quantifier");
      const [least, most] = bounds;
      if (least > most || (most !== Infinity && most > mostTimes)) throw this.mistake("has impossible bounds");
      tree = repeat(tree, least, most, this.take("?"));
    }
    return tree;
  }

  private readBounds(): readonly [number, number] | undefined {
    if (this.take("*")) return [0, Infinity];
    if (this.take("+")) return [1, Infinity];
    if (this.take("?")) return [0, 1];
    const [whole, least, comma, most] =
      /^\{(\d*)(,?)(\d*)\}/.exec(this.text.slice(this.place, this.place + 20)) ?? [];
    // Python takes what are no bounds as they stand.
    if (whole === undefined || (least === "" && comma === "") || whole === "{,}") return undefined;
    this.place += whole.length;
    const from = Number(least || "0");
    return [from, comma === "" ? from : most === "" ? Infinity : Number(most)];
  }

  private readAtom(): Tree {
    const character = this.next();
    switch (character) {
      case "^":
        return start;
      case "$":
        return end;
      case ".":
        return setTree(anyCharacter);
      case "(":
        return this.readGroup();
      case "[":
        return setTree(this.readBracket());
      case "\\":
        return this.readEscape();
      case "*":
      case "+":
      case "?":
        throw this.mistake("repeats nothing");
      default:
        return setTree(this.characterSet(character));
    }
  }

  private readGroup(): Tree {
    if (!this.take("?")) return this.closed(() => group(String(++this.groups), this.readChoice()));
    if (this.take(":")) return this.closed(() => this.readChoice());
    if (this.take("#")) {
      this.place = Math.max(this.text.indexOf(")", this.place), this.place);
      return this.closed(() => nothing);
    }
    if (this.take("P<")) {
      const name = this.readName(">");
      this.groups++;
      return this.closed(() => group(name, this.readChoice()));
    }
    if (this.take("P=")) return { kind: "again", name: this.readName(")") };
    if (this.take("=")) return this.closed(() => this.look(false));
    if (this.take("!")) return this.closed(() => this.look(true));
    if (this.isAt("<")) throw this.mistake("looks behind");
    if (this.take("(")) return this.closed(() => this.readCondition());
    if (this.take(">")) throw this.mistake("has an atomic group");
    return this.readFlags();
  }

  private look(isNegative: boolean): Tree {
    return { kind: "look ahead", body: this.readChoice(), isNegative };
  }

  private readCondition(): Tree {
    const name = this.readName(")");
    const yes = this.readSequence();
    const no = this.take("|") ? this.readSequence() : nothing;
    if (this.isAt("|")) throw this.mistake("has a condition with more than two branches");
    return { kind: "if matched", name, yes, no };
  }

  /** "(?i)" holds to the end of its group, "(?i:…)" for what it encloses. */
  private readFlags(): Tree {
    const [whole, on = "", off = "", close] =
      /^([a-zA-Z]*)(-[a-zA-Z]+)?([:)])/.exec(this.text.slice(this.place, this.place + 20)) ?? [];
    if (whole === undefined) throw this.mistake("has an unknown kind of group");
    // None of these changes what a single line matches.
    const unknown = [...on].find((flag) => !"imsu".includes(flag)) ?? off.replace(/^-[ims]*/, "")[0];
    if (unknown !== undefined) throw this.mistake(`has the flag "${unknown}"`);
    this.place += whole.length;
    const ignoredCase = this.ignoresCase;
    this.ignoresCase = (ignoredCase || on.includes("i")) && !off.includes("i");
    if (close === ")") return nothing;
    const tree = this.closed(() => this.readChoice());
    this.ignoresCase = ignoredCase;
    return tree;
  }

  private readEscape(): Tree {
    const character = this.next();
    switch (character) {
      case "A":
        return start;
      case "Z":
        return end;
      case "b":
        return { kind: "word edge" };
      case "B":
        return { kind: "no word edge" };
    }
    if (/[1-9]/.test(character)) {
      const [digits = character] = /^\d{1,2}/.exec(this.text.slice(this.place - 1)) ?? [];
      this.place += digits.length - 1;
      return { kind: "again", name: digits };
    }
    return setTree(this.escaped(character));
  }

  /** What an escape stands for, in a bracket and outside. */
  private escaped(character: string): CharacterSet {
    const named = classOf(character);
    if (named) return named;
    return this.characterSet(this.escapedCharacter(character));
  }

  private escapedCharacter(character: string): string {
    const control = controls[character];
    if (control !== undefined) return control;
    const digits = { x: 2, u: 4, U: 8 }[character];
    if (digits !== undefined) {
      const code = this.text.slice(this.place, this.place + digits);
      if (!new RegExp(`^[0-9A-Fa-f]{${digits}}$`).test(code)) throw this.mistake("has a broken escape");
      this.place += digits;
      return String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff));
    }
    if (character === "0") {
      const [octal = ""] = /^[0-7]{0,2}/.exec(this.text.slice(this.place)) ?? [];
      this.place += octal.length;
      return String.fromCharCode(parseInt(`0${octal}`, 8));
    }
    if (/[A-Za-z]/.test(character)) throw this.mistake(`has the unknown escape "\\${character}"`);
    return character;
  }

  private readBracket(): CharacterSet {
    const isNegated = this.take("^");
    let set: CharacterSet | undefined;
    for (let isFirst = true; isFirst || !this.isAt("]"); isFirst = false) {
      const from = this.readMember();
      const isRange = this.isAt("-") && this.text[this.place + 1] !== "]" && this.place + 1 < this.text.length;
      let member = from.set;
      if (isRange) {
        this.place++;
        const to = this.readMember();
        if (from.character === undefined || to.character === undefined) throw this.mistake("has a bad range");
        member = this.inCase(rangeOf(from.character, to.character) ?? this.beyond());
      }
      set = set ? unionOf(set, member) : member;
    }
    this.place++;
    return isNegated ? complementOf(set ?? anyCharacter) : (set ?? anyCharacter);
  }

  private readMember(): { readonly set: CharacterSet; readonly character?: string } {
    const character = this.next();
    if (character !== "\\") return { set: this.characterSet(character), character };
    const escape = this.next();
    if (classOf(escape)) return { set: this.escaped(escape) };
    // In a bracket "\b" is the backspace.
    const meant = escape === "b" ? "\b" : this.escapedCharacter(escape);
    return { set: this.characterSet(meant), character: meant };
  }

  private characterSet(character: string): CharacterSet {
    return this.inCase(rangeOf(character) ?? this.beyond());
  }

  private inCase(set: CharacterSet): CharacterSet {
    return this.ignoresCase ? inBothCases(set) : set;
  }

  private beyond(): never {
    throw this.mistake("names a character beyond ASCII");
  }

  private readName(close: string): string {
    const end = this.text.indexOf(close, this.place);
    const name = end < 0 ? "" : this.text.slice(this.place, end);
    if (!/^\w+$/.test(name)) throw this.mistake("has a group without a name");
    this.place = end + close.length;
    return name;
  }

  private closed(read: () => Tree): Tree {
    const tree = read();
    if (!this.take(")")) throw this.mistake('lacks a ")"');
    return tree;
  }

  private next(): string {
    const code = this.text.codePointAt(this.place);
    if (code === undefined) throw this.mistake("ends too early");
    const character = String.fromCodePoint(code);
    this.place += character.length;
    return character;
  }

  private isAt(text: string): boolean {
    return this.text.startsWith(text, this.place);
  }

  private take(text: string): boolean {
    if (!this.isAt(text)) return false;
    this.place += text.length;
    return true;
  }

  private mistake(what: string): NotCarriedOver {
    return new NotCarriedOver(`${what} (column ${this.place} of "${this.excerpt()}")`);
  }

  private excerpt(): string {
    const from = Math.max(0, this.place - 20);
    return this.text.slice(from, from + 40);
  }
}

/** The most that an ERE may ask for. */
const mostTimes = 32_767;
