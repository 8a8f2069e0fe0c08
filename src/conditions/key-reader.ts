/**
 * Reads out of a line what a rule with `first-seen` knows it by.
 * Promise: the same line always has the same key; a line without one is not known.
 */
import { groupFinder, type GroupFinder, type Locale } from "../ere/index.js";
import type { KeyPart } from "../rules/files/directive-values.js";
import { repeatedMessage } from "../rules/classify/repeated-message.js";
import type { Rule } from "../rules/rule.js";
import type { ByteString } from "../std/text/byte-string.js";
import { withoutNewline } from "../std/text/line-text.js";
import { keyForm } from "./key-forms.js";

/** The parts of a key, in the order of the directive. No part has a newline in it. */
export type KeyTexts = readonly ByteString[];

export class KeyReader {
  private readonly finder: GroupFinder;
  /** Widening a header may put groups before those that the rule has. */
  private readonly groupsBefore: number;
  private readonly parts: readonly KeyPart[];

  private constructor(finder: GroupFinder, groupsBefore: number, parts: readonly KeyPart[]) {
    this.finder = finder;
    this.groupsBefore = groupsBefore;
    this.parts = parts;
  }

  /** In: a rule, and the ERE that was compiled for it. Out: undefined where it has no such groups. */
  static of(rule: Rule, ere: ByteString, locale: Locale): KeyReader | undefined {
    const parts = rule.directives?.firstSeen ?? [];
    const options = { locale, trimsTrailingSpace: true };
    const finder = groupFinder(Buffer.from(ere, "latin1"), options);
    const written = ere === rule.text ? finder : groupFinder(Buffer.from(rule.text, "latin1"), options);
    if (finder === undefined || written === undefined) return undefined;
    if (parts.some(({ group }) => group > written.groupCount)) return undefined;
    return new KeyReader(finder, finder.groupCount - written.groupCount, parts);
  }

  /** In: a line that the rule matches, with or without its newline. Out: undefined where that took too long. */
  textsOf(line: Uint8Array): KeyTexts | undefined {
    return this.textsOfRepeated(line) ?? this.textsIn(line);
  }

  /** "message repeated 5 times: [ … ]" is what it repeats. */
  private textsOfRepeated(line: Uint8Array): KeyTexts | undefined {
    const repeated = repeatedMessage(line);
    return repeated && this.textsIn(repeated.line);
  }

  private textsIn(line: Uint8Array): KeyTexts | undefined {
    const groups = this.finder.find(withoutNewline(line));
    return (
      groups &&
      this.parts.map(({ group, form }) => keyForm(groups[group + this.groupsBefore - 1] ?? "", form))
    );
  }
}
