/** Characters as sequences of bytes: the right ones, and no more trees than there are different ways to go on. */
import { expect } from "chai";
import { hasByte } from "../../src/ere/alphabet/byte-set.js";
import { anyCharacter, characterSetOf, otherCharacters } from "../../src/ere/alphabet/character-set.js";
import { characterTree, type CharacterTree } from "../../src/ere/alphabet/character-tree.js";
import { compilePatternSet } from "../../src/ere/index.js";

function takes(tree: CharacterTree, character: string): boolean {
  const bytes = Buffer.from(character);
  let at = tree;
  for (const byte of bytes.subarray(0, -1)) {
    if (!hasByte(at.leading, byte)) return false;
    at = at.after(byte);
  }
  return hasByte(at.final, bytes.at(-1) ?? 0);
}

describe("a character tree", () => {
  const some = characterSetOf([
    [0x41, 0x5a],
    [0xe9, 0xe9],
    [0x7ff, 0x801],
    [0x20ac, 0x20ac],
    [0xfffd, 0x10003],
    [0x1f600, 0x1f64f],
  ]);

  it("takes the characters of its set, however many bytes they have", () => {
    const tree = characterTree(some, false);
    const others = characterTree(otherCharacters(some), false);
    for (const place of [
      0x40, 0x41, 0x5b, 0xe8, 0xe9, 0xea, 0x7fe, 0x7ff, 0x801, 0x802, 0x20ac, 0xfffc, 0xffff, 0x10003,
    ])
      for (const character of [String.fromCodePoint(place), String.fromCodePoint(place + 0x1f5c0)]) {
        const at = character.codePointAt(0) ?? 0;
        const isThere = some.some(
          (first, index) => index % 2 === 0 && first <= at && at <= (some[index + 1] ?? 0),
        );
        expect(takes(tree, character), at.toString(16)).to.equal(isThere);
        expect(takes(others, character), `not ${at.toString(16)}`).to.equal(!isThere);
      }
  });

  it("is one tree wherever the same may follow, in whatever set", () => {
    const [dot, notQuote] = [
      characterTree(anyCharacter, false),
      characterTree(otherCharacters([0x22, 0x22]), false),
    ];
    expect(dot.after(0xe4)).to.equal(dot.after(0xe5));
    expect(dot.after(0xe4)).to.equal(notQuote.after(0xe4));
    expect(dot.after(0xf1).after(0x80)).to.equal(dot.after(0xe4));
    expect(dot.after(0xe0), "no overlong forms").to.not.equal(dot.after(0xe1));
    expect(dot.after(0xed), "no surrogates").to.not.equal(dot.after(0xe1));
  });

  it("makes no state of its own of each character of a text in no language", () => {
    const patterns = ['^x "[^"]*" y', "a.*b [^ ]+ c", "[[:alpha:]]+=[^,]*,$"].map((text) =>
      Buffer.from(text),
    );
    const scanner = compilePatternSet(patterns, { locale: "UTF-8", trimsTrailingSpace: true }).set.scanner({
      isSelected: () => true,
    });
    let seed = 7;
    const next = (): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) >>> 16;
    for (let line = 0; line < 200; line++)
      scanner.matchLine(Buffer.from(Array.from({ length: 1000 }, () => 0x80 | (next() & 0x7f))));
    expect(scanner.stateCount).to.be.lessThan(500);
  });
});
