/**
 * Says what happened, in the words of rule files: a rule's own title, or one that `titles.d` gives to rules of somebody
 * else and to lines that no rule decides.
 * Promise: titles decide nothing. A title has no text of any log in it, and what it cannot say is named once.
 */
import { compilePatternSet, type LineScanner, type Locale } from "../../ere/index.js";
import type { Notice } from "../../std/notice.js";
import type { ByteString, Text, Words } from "../../std/text/byte-string.js";
import { repeatedMessage } from "../classify/repeated-message.js";
import type { Band, Shown } from "../files/directive-values.js";
import { headerWidener, writtenColumn } from "../headers/header-forms.js";
import { bytesOf } from "../rule-set.js";
import type { Rule } from "../rule.js";
import { faultsOf, TitleReader } from "./title-reader.js";
import { groupsInTitle, wordsOf, type FilledTitle } from "./title-words.js";

export interface Title {
  readonly words?: Words;
  readonly band?: Band;
  readonly key?: readonly Shown[];
  /** The rule whose title it is. */
  readonly by?: Rule;
  /** Where lines of one rule may have several titles. */
  readonly filled?: FilledTitle;
}

export interface RuleTitlesOptions {
  readonly locale: Locale;
  /** The rules that decide, and what was compiled of each. */
  readonly rules: readonly Rule[];
  readonly eres: readonly ByteString[];
  /** Those of `titles.d`; the first that fits is taken. */
  readonly titles: readonly Rule[];
}

/** What may give the lines of one rule a title. */
interface Candidates {
  /** Of the very same text. */
  readonly alike: Rule | undefined;
  /** Of the rule's file. */
  readonly ofFile: ReadonlySet<Rule>;
}

/** A scanner that lives long has no more of them, whatever lines come. */
const mostMatchSets = 1 << 12;

export class RuleTitles {
  /** About titles that cannot say what they name, and rules of `titles.d` that are off. */
  readonly notices: readonly Notice[];
  private readonly options: RuleTitlesOptions;
  private readonly eresOfTitles: readonly ByteString[];
  private readonly scanner: LineScanner | undefined;
  private readonly candidates = new Map<Rule, Candidates>();
  private readonly readers = new Map<Rule, TitleReader>();

  constructor(options: RuleTitlesOptions) {
    const { locale, rules, titles } = options;
    this.options = options;
    const widen = titles.length > 0 ? headerWidener() : () => undefined;
    this.eresOfTitles = titles.map(({ text }) => widen(text)?.pattern ?? text);
    const { set, errors } =
      titles.length > 0
        ? compilePatternSet(bytesOf(this.eresOfTitles), {
            locale,
            trimsTrailingSpace: true,
            takesAnyByte: () => true,
          })
        : { set: undefined, errors: [] };
    this.scanner = set?.scanner({ isSelected: () => true });
    this.notices = [
      ...errors.map(({ index, column, reason }): Notice => {
        const { file, line, text } = titles[index]!;
        const where = `${file}:${line}:${writtenColumn(widen(text), column)}`;
        return { where, what: reason, done: "title left out" };
      }),
      ...[...rules, ...titles].flatMap((rule) => faultNotices(rule, locale)),
    ];
  }

  /** In: the rule that decided, if any did, and a line of it as the rules read it, without its newline. */
  titleOf(rule: Rule | undefined, line: ByteString): Title {
    const own = rule?.directives;
    const given = rule && this.givenTo(rule, line);
    const source = given ?? (own?.title === undefined ? this.found(line) : rule);
    const said = source?.directives;
    const filled = source && said?.title !== undefined ? this.filled(source, said.title, line) : undefined;
    const words = filled ? wordsOf(filled) : said?.title && wordsOfRule(said.title);
    const [band, key] = [said?.band ?? own?.band, said?.key ?? own?.key];
    return {
      ...(words !== undefined && source && { words, by: source }),
      ...(band && { band }),
      ...(key && { key }),
      ...(filled && { filled }),
    };
  }

  /** What `titles.d` says of just this rule, whatever its own title. */
  private givenTo(rule: Rule, line: ByteString): Rule | undefined {
    const { alike, ofFile } = this.candidatesFor(rule);
    if (alike || ofFile.size === 0) return alike;
    return this.matching(line).find((title) => ofFile.has(title));
  }

  private candidatesFor(rule: Rule): Candidates {
    const known = this.candidates.get(rule);
    if (known) return known;
    const { titles } = this.options;
    const candidates = {
      alike: titles.find(
        ({ text, directives }) => text === rule.text && isOfFile(rule, directives?.of ?? ""),
      ),
      ofFile: new Set(
        titles.filter(({ directives }) => directives?.of !== undefined && isOfFile(rule, directives.of)),
      ),
    };
    this.candidates.set(rule, candidates);
    return candidates;
  }

  private found(line: ByteString): Rule | undefined {
    return this.matching(line).find(({ directives }) => directives?.of === undefined);
  }

  /** The rules of `titles.d` that match a line, in their order. */
  private matching(line: ByteString): readonly Rule[] {
    const { scanner } = this;
    if (scanner === undefined) return [];
    if (scanner.matchSetCount > mostMatchSets) {
      scanner.takeCounts();
      scanner.forgetMatchSets();
    }
    const matching = (bytes: Uint8Array): readonly Rule[] =>
      scanner.matches(scanner.matchLine(bytes)).flatMap((index) => this.options.titles[index] ?? []);
    const bytes = Buffer.from(line, "latin1");
    const own = matching(bytes);
    const repeated = own.length > 0 ? undefined : repeatedMessage(bytes);
    return repeated ? matching(repeated.line) : own;
  }

  /** Undefined for a title that names no group. */
  private filled(source: Rule, title: Text, line: ByteString): FilledTitle | undefined {
    if (groupsInTitle(title).length === 0) return undefined;
    let reader = this.readers.get(source);
    if (reader === undefined) {
      reader = new TitleReader({ text: source.text, ere: this.ereOf(source), title }, this.options.locale);
      this.readers.set(source, reader);
    }
    return reader.read(line);
  }

  private ereOf(rule: Rule): ByteString {
    const { rules, eres, titles } = this.options;
    const ofTitle = this.eresOfTitles[titles.indexOf(rule)];
    return ofTitle ?? eres[rules.indexOf(rule)] ?? rule.text;
  }
}

/** Printable ASCII of a rule file: its writer's words are ours. */
function wordsOfRule(title: Text): Words {
  return String(title);
}

/** "violations.d/kernel": how the rule's path ends; "" is any. */
function isOfFile({ file }: Rule, name: Text): boolean {
  return name === "" || file === name || file.endsWith(`/${name}`);
}

function faultNotices(rule: Rule, locale: Locale): Notice[] {
  const { text, directives: { title = "" } = {} } = rule;
  // Nearly no title names a group, and parsing takes time.
  if (groupsInTitle(title).length === 0) return [];
  return faultsOf({ text, title }, locale).map(({ column, reason }) => ({
    where: `${rule.file}:${rule.line}:${column}`,
    what: reason,
    done: '"*" stands in its place',
  }));
}
