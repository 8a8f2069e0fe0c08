/**
 * The words of a title, with those that stand in it for groups of its rule: `title="{2} ran {1}"`.
 * Promise: 3 to 40 printable characters of ASCII, or none; what a group matched stands in it only where the group is a
 * list of fixed words, so that no text of any log ever does.
 */
import type { SyntaxTree } from "../../ere/index.js";
import type { ByteString, Text, Words } from "../../std/text/byte-string.js";
import { groupOf, isListOfWords } from "./fixed-words.js";

/** Stands for what a title does not say, as it does in the shapes of kinds. */
export const unsaid = "*";

const place = /\{([0-9]{1,3})\}/g;
const longestTitle = 40;

/** What a title says of one line: the text of the directive, and what stands for its groups, in their order. */
export interface FilledTitle {
  readonly written: Text;
  readonly said: readonly ByteString[];
}

/** The numbers of the groups that a title names, in their order; none in most titles. */
export function groupsInTitle(written: Text): readonly number[] {
  return [...written.matchAll(place)].map(([, digits]) => Number(digits));
}

/** Undefined where hardly anything is left of it. */
export function wordsOf({ written, said }: FilledTitle): Words | undefined {
  let index = 0;
  const words = written
    .replaceAll(place, () => said[index++] ?? unsaid)
    .replaceAll(/[^ -~]/g, "?")
    .replaceAll(/ {2,}/g, " ")
    .trim()
    .slice(0, longestTitle);
  return words.length < 3 ? undefined : words;
}

/** What is true of both lines: where they differ, nothing is said. */
export function inCommon(one: FilledTitle, other: FilledTitle): FilledTitle {
  const said = one.said.map((text, index) => (text === other.said[index] ? text : unsaid));
  return { written: one.written, said };
}

/** The same title where nothing is known of its groups. */
export function unsaidOf({ written, said }: FilledTitle): FilledTitle {
  return { written, said: said.map(() => unsaid) };
}

/** A group that a title names, and that cannot stand in it. */
export interface TitleFault {
  /** In the rule's text, from 1. */
  readonly column: number;
  readonly group: number;
  readonly reason: string;
}

/** In: a title, and the tree of its rule as it is written. Out: by their places in the title. */
export function titleFaults(written: Text, tree: SyntaxTree): readonly TitleFault[] {
  return groupsInTitle(written).flatMap((group): TitleFault[] => {
    const found = groupOf(tree, group);
    if (found === undefined)
      return [{ column: 1, group, reason: `its title names group ${group}, which the rule does not have` }];
    if (isListOfWords(found.body)) return [];
    const reason = `its title shows group ${group}, which is no list of fixed words`;
    return [{ column: found.start + 1, group, reason }];
  });
}
