/**
 * Reads the characters of one of Python's regular expressions: plain ones, escapes and brackets.
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
import { NotCarriedOver } from "./not-carried-over.js";

const controls: Readonly<Record<string, string>> = {
  a: "\x07",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** A place in an expression, and what is read from there. */
export class CharacterReader {
  protected readonly text: string;
  protected place = 0;
  protected ignoresCase = false;

  constructor(text: string) {
    this.text = text;
  }

  /** What an escape stands for, in a bracket and outside. */
  protected escaped(character: string): CharacterSet {
    const named = classOf(character);
    if (named) return named;
    return this.characterSet(this.escapedCharacter(character));
  }

  protected escapedCharacter(character: string): string {
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

  protected readBracket(): CharacterSet {
    const isNegated = this.take("^");
    let set: CharacterSet | undefined;
    for (let isFirst = true; isFirst || !this.isAt("]"); isFirst = false) {
      const from = this.readMember();
      const isRange =
        this.isAt("-") && this.text[this.place + 1] !== "]" && this.place + 1 < this.text.length;
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

  protected readMember(): { readonly set: CharacterSet; readonly character?: string } {
    const character = this.next();
    if (character !== "\\") return { set: this.characterSet(character), character };
    const escape = this.next();
    if (classOf(escape)) return { set: this.escaped(escape) };
    // In a bracket "\b" is the backspace.
    const meant = escape === "b" ? "\b" : this.escapedCharacter(escape);
    return { set: this.characterSet(meant), character: meant };
  }

  protected characterSet(character: string): CharacterSet {
    return this.inCase(rangeOf(character) ?? this.beyond());
  }

  protected inCase(set: CharacterSet): CharacterSet {
    return this.ignoresCase ? inBothCases(set) : set;
  }

  protected beyond(): never {
    throw this.mistake("names a character beyond ASCII");
  }

  protected next(): string {
    const code = this.text.codePointAt(this.place);
    if (code === undefined) throw this.mistake("ends too early");
    const character = String.fromCodePoint(code);
    this.place += character.length;
    return character;
  }

  protected isAt(text: string): boolean {
    return this.text.startsWith(text, this.place);
  }

  protected take(text: string): boolean {
    if (!this.isAt(text)) return false;
    this.place += text.length;
    return true;
  }

  protected mistake(what: string): NotCarriedOver {
    return new NotCarriedOver(`${what} (column ${this.place} of "${this.excerpt()}")`);
  }

  protected excerpt(): string {
    const from = Math.max(0, this.place - 20);
    return this.text.slice(from, from + 40);
  }
}
