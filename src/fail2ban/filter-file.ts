/**
 * Reads the files of a fail2ban filter as Python's configparser does: sections, options of several lines, included
 * files, and what lies beside them as *.local.
 * Promise: each line of a value keeps the file and line that it stands in.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";

/** A line of a value. */
export interface ValueLine {
  readonly text: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** Values by option. Names of options are in lower case. */
type Section = Map<string, readonly ValueLine[]>;

/** What stands wrong in a file. */
export class FilterError extends Error {}

/** The section whose options all others have. */
const defaults = "DEFAULT";
/** More than any filter has, and includes that include each other end. */
const mostFiles = 100;
const longestFileBytes = 1 << 20;

export class FilterFile {
  private readonly sections = new Map<string, Section>();
  /** What an option was before a file that is read later changed it. */
  private readonly known = new Map<string, Section>();

  /** Throws a FilterError, or the system's error. */
  constructor(path: string) {
    for (const file of withIncluded(path, [])) this.merge(parseIni(file));
  }

  /**
   * The value of an option, as it is written. `name` may be "section/option", or "known/option": what it was before the
   * last file that changed it.
   */
  valueOf(section: string, name: string): readonly ValueLine[] | undefined {
    const [, otherSection, option = ""] = /^([\w-]+)\/(\S+)$/.exec(name.toLowerCase()) ?? [];
    if (otherSection === undefined) return this.own(section, name.toLowerCase());
    if (otherSection === "known")
      return this.known.get(section)?.get(option) ?? this.sections.get(defaults)?.get(option);
    const found = otherSection === "default" ? defaults : this.sectionNamed(otherSection);
    return this.own(found, option) ?? this.own(section, option);
  }

  /** The options that stand in a section itself. */
  optionsOf(section: string): readonly string[] {
    return [...(this.sections.get(section)?.keys() ?? [])];
  }

  private own(section: string, option: string): readonly ValueLine[] | undefined {
    return this.sections.get(section)?.get(option) ?? this.sections.get(defaults)?.get(option);
  }

  private sectionNamed(name: string): string {
    return [...this.sections.keys()].find((section) => section.toLowerCase() === name) ?? name;
  }

  private merge(read: ReadonlyMap<string, Section>): void {
    for (const [name, options] of read) {
      const section = this.sections.get(name) ?? new Map<string, readonly ValueLine[]>();
      this.sections.set(name, section);
      for (const [option, value] of options) {
        const before = section.get(option);
        if (before) this.known.set(name, (this.known.get(name) ?? new Map()).set(option, before));
        section.set(option, value);
      }
    }
  }
}

/** The file, between those that it includes before and after itself; after each the one beside it that ends in .local. */
function withIncluded(path: string, including: readonly string[]): string[] {
  const local = path.replace(/\.[^./]*$/, "") + ".local";
  const files = [path, ...(path !== local && existsSync(local) ? [local] : [])];
  const found = files.flatMap((file) => {
    const includes = parseIni(file).get("INCLUDES");
    const listed = (option: string): string[] =>
      (includes?.get(option) ?? [])
        .filter(({ text }) => text !== "")
        .map(({ text }) => (isAbsolute(text) ? text : join(dirname(file), text)))
        // A file that is not there is passed over, as fail2ban does.
        .filter((included) => !including.includes(included) && included !== file && existsSync(included))
        .flatMap((included) => withIncluded(included, [...including, file]));
    return [...listed("before"), file, ...listed("after")];
  });
  if (found.length > mostFiles) throw new FilterError(`${path}: includes more than ${mostFiles} files`);
  return found;
}

/** One file alone. */
function parseIni(path: string): ReadonlyMap<string, Section> {
  const text = readFileSync(path, "utf8");
  if (text.length > longestFileBytes)
    throw new FilterError(`${path}: has more than ${longestFileBytes} bytes`);
  const sections = new Map<string, Section>();
  let section: Section | undefined;
  let value: ValueLine[] | undefined;
  let indentOfOption = 0;
  for (const [index, whole] of text.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1;
    const content = withoutComment(whole).trim();
    const indent = whole.search(/\S|$/);
    if (content === "") continue;
    if (value && indent > indentOfOption) {
      value.push({ text: content, path, line });
      continue;
    }
    const [, name] = /^\[([^\]]+)\]/.exec(content) ?? [];
    if (name !== undefined) {
      section = sections.get(name) ?? new Map<string, readonly ValueLine[]>();
      sections.set(name, section);
      value = undefined;
      continue;
    }
    const [, option, first = ""] = /^(.*?)\s*[=:]\s*(.*)$/.exec(content) ?? [];
    if (!section || !option) throw new FilterError(`${path}:${line}: expected "option = value"`);
    value = [{ text: first, path, line }];
    indentOfOption = indent;
    section.set(option.toLowerCase(), value);
  }
  return sections;
}

/** A line that begins with "#" or ";" is a comment, and so is what follows a blank and ";". */
function withoutComment(line: string): string {
  if (/^\s*[#;]/.test(line)) return "";
  return line.replace(/\s;.*$/, "");
}
