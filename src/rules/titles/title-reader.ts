/**
 * Reads out of a line what a title says for the groups of its rule.
 * Promise: a group that is no list of fixed words says nothing, whatever the line has there.
 */
import { groupFinder, patternParser, type GroupFinder, type Locale } from "../../ere/index.js";
import type { ByteString, Text } from "../../std/text/byte-string.js";
import { repeatedMessage } from "../classify/repeated-message.js";
import { groupsInTitle, titleFaults, unsaid, type FilledTitle, type TitleFault } from "./title-words.js";

export interface TitledRule {
  readonly text: ByteString;
  /** What was compiled of it: widening a header may put groups before those that it has. */
  readonly ere: ByteString;
  /** The title as the directive has it. */
  readonly title: Text;
}

/** What is wrong with the title; nothing of a rule that is no ERE, which is named otherwise. */
export function faultsOf({ text, title }: Omit<TitledRule, "ere">, locale: Locale): readonly TitleFault[] {
  const tree = patternParser(locale)(Buffer.from(text, "latin1"));
  return tree ? titleFaults(title, tree) : [];
}

export class TitleReader {
  private readonly written: Text;
  private readonly groups: readonly number[];
  private readonly unsaid: ReadonlySet<number>;
  private readonly finder: GroupFinder | undefined;
  private readonly groupsBefore: number;

  constructor({ text, ere, title }: TitledRule, locale: Locale) {
    const options = { locale, trimsTrailingSpace: true };
    this.written = title;
    this.groups = groupsInTitle(title);
    this.unsaid = new Set(faultsOf({ text, title }, locale).map(({ group }) => group));
    this.finder = groupFinder(Buffer.from(ere, "latin1"), options);
    const own = groupFinder(Buffer.from(text, "latin1"), options);
    this.groupsBefore = (this.finder?.groupCount ?? 0) - (own?.groupCount ?? 0);
  }

  /** In: a line that the rule matches, without its newline. */
  read(line: ByteString): FilledTitle {
    const bytes = Buffer.from(line, "latin1");
    const found = this.finder?.find(bytes) ?? this.inRepeated(bytes);
    const said = this.groups.map((group) =>
      found === undefined || this.unsaid.has(group) ? unsaid : (found[group + this.groupsBefore - 1] ?? ""),
    );
    return { written: this.written, said };
  }

  private inRepeated(line: Uint8Array): ReturnType<GroupFinder["find"]> {
    const repeated = repeatedMessage(line);
    return repeated && this.finder?.find(repeated.line.subarray(0, -1));
  }
}
