/** What a pattern has that a plain automaton cannot do, or that decides who matches it in grep; as bits. */
export const features = {
  backReferences: 1,
  wordAssertions: 2,
  /** glibc's regex is the judge in grep, not grep's own automaton. */
  regex: 4,
  /** glibc matches it character by character in UTF-8, so that a match starts where a character starts. */
  wideCharacters: 8,
  /** It holds bytes that are no UTF-8, which can match inside of a character. */
  invalidBytes: 16,
} as const;
