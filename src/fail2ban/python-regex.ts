/**
 * Reads regular expressions of Python's module re.
 * Promise: what it does not know is an error with its column, never a guess.
 */
import { anyCharacter } from "./character-set.js";
import { CharacterReader } from "./python-characters.js";
import {
  choice,
  end,
  group,
  never,
  nothing,
  repeat,
  sequence,
  setTree,
  start,
  type Tree,
} from "./regex-tree.js";

/** An expression as a tree. Throws NotCarriedOver. */
export function parsePythonRegex(text: string): Tree {
  const parser = new Parser(text);
  const tree = parser.readChoice();
  parser.expectEnd();
  return tree;
}

/** Nothing that a person writes is nested deeper. */
const deepest = 200;

class Parser extends CharacterReader {
  private groups = 0;
  private depth = 0;

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
    const bounds = this.readBounds();
    if (!bounds) return atom;
    const [least, most] = bounds;
    if (least > most || (most !== Infinity && most > mostTimes)) throw this.mistake("has impossible bounds");
    const isLazy = this.take("?");
    if (this.isAt("+")) throw this.mistake("has a possessive quantifier");
    if (this.readBounds()) throw this.mistake("repeats a repeat");
    return repeat(atom, least, most, isLazy);
  }

  private readBounds(): readonly [number, number] | undefined {
    if (this.take("*")) return [0, Infinity];
    if (this.take("+")) return [1, Infinity];
    if (this.take("?")) return [0, 1];
    const [whole, least, comma, most] =
      /^\{(\d*)(,?)(\d*)\}/.exec(this.text.slice(this.place, this.place + 20)) ?? [];
    // Python takes what are no bounds as they stand.
    if (whole === undefined || (least === "" && comma === "")) return undefined;
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
    const unknown = /[^imsu]/.exec(on)?.[0] ?? /[^-ims]/.exec(off)?.[0];
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
}

/** The most that an ERE may ask for. */
const mostTimes = 32_767;
