/** What POSIX leaves open, or sees otherwise, as grep has it. */
import { no, open, yes, type FactGroup } from "./fact.js";

export const factsBeyond: readonly FactGroup[] = [
  {
    shows: "a back-reference, which POSIX has in basic expressions only, is what its group has matched",
    facts: [
      yes("^(a*)b\\1$", "aabaa"),
      no("^(a*)b\\1$", "aaba"),
      yes("(.)\\1", "abccd"),
      no("(.)\\1", "abcd"),
      yes("^(.)(.)\\2\\1$", "abba"),
      no("^(.)(.)\\2\\1$", "abab"),
      yes("^([ab]+)c\\1$", "abcab"),
      no("^([ab]+)c\\1$", "abcba"),
      yes("(cat|dog) and \\1", "dog and dog"),
      no("(cat|dog) and \\1", "dog and cat"),
      yes("^(a?)x\\1$", "x"),
      yes("^((a)(b))\\3\\2\\1$", "abbaab"),
      no("^((a)(b))\\3\\2\\1$", "ababab"),
      yes("^(..)-\\1*$", "ab-abab"),
      no("^(..)-\\1*$", "ab-aba"),
    ].map(open),
  },
  {
    shows: "a repetition with nothing before it is stepped over",
    facts: [
      yes("*a", "a"),
      no("*a", "b"),
      yes("(*a)b", "ab"),
      yes("a|*b", "b"),
      yes("+a", "a"),
      // The anchor is repeated, and may be absent.
      yes("^*a", "xa"),
    ].map(open),
  },
  {
    shows: "a brace that cannot count and a parenthesis that closes nothing are literal",
    facts: [yes("a{1", "a{1"), no("a{1", "a1"), yes("a{x}", "a{x}"), yes("a)", "a)"), no("a)", "a")].map(
      open,
    ),
  },
  {
    shows: "an interval without a least number counts from 0",
    facts: [yes("^a{,2}$", "aa"), yes("^a{,2}$", ""), no("^a{,2}$", "aaa")].map(open),
  },
  {
    shows: "a repetition can be repeated",
    facts: [yes("^a**$", "aaa"), yes("^a+?$", ""), yes("^a{2}{3}$", "aaaaaa"), no("^a{2}{3}$", "aaaaa")].map(
      open,
    ),
  },
  {
    shows: "escaped letters are classes and edges of words",
    facts: [
      yes("^\\w+$", "a_1"),
      no("^\\w+$", "a-1"),
      yes("a\\sb", "a\tb"),
      yes("\\<b", "a b"),
      no("\\<b", "ab"),
      yes("a\\b", "a b"),
      no("a\\b", "ab"),
      yes("a\\Bb", "ab"),
    ].map(open),
  },
  {
    shows: "an end of the line in front of one fixed text is forgotten",
    facts: [
      { ...yes("^$a$", "a"), inPosix: "no match" },
      { ...yes("^$ $", " "), inPosix: "no match" },
    ],
  },
];
