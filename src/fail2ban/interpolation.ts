/**
 * Puts values in the place of the names that stand for them: "%(name)s", as configparser does, and then "<name>", as
 * fail2ban does.
 * Promise: ends, whatever refers to whatever; what refers to itself is an error that names it.
 */
import { FilterError, type FilterFile, type ValueLine } from "./filter-file.js";

const definition = "Definition";
/** How deep names stand for values with names, and how large a value may grow. */
const [deepest, longestValueCharacters] = [25, 1 << 20];

export class Interpolation {
  private readonly file: FilterFile;
  private readonly parameters: ReadonlyMap<string, string>;

  /** `parameters`: what a jail gives the filter, such as mode=aggressive; it comes before what the file says. */
  constructor(file: FilterFile, parameters: ReadonlyMap<string, string>) {
    this.file = file;
    this.parameters = parameters;
  }

  /** The lines of an option's value, each that is not empty. Throws a FilterError. */
  linesOf(option: string): readonly ValueLine[] {
    const lines = this.withoutTags(this.valueOf(option) ?? []);
    return lines.map((line) => ({ ...line, text: line.text.trim() })).filter(({ text }) => text !== "");
  }

  /** With its "%(name)s" replaced. [Init] is asked before [Definition]. */
  private valueOf(option: string): readonly ValueLine[] | undefined {
    const given = this.parameters.get(option.toLowerCase());
    if (given !== undefined) return [{ text: given, path: "", line: 0 }];
    const isInit = this.file.optionsOf("Init").includes(option.toLowerCase());
    const section = isInit ? "Init" : definition;
    const raw = this.file.valueOf(section, option);
    return raw && this.interpolated(raw, section, 0);
  }

  private interpolated(lines: readonly ValueLine[], section: string, depth: number): readonly ValueLine[] {
    return lines.flatMap((line) =>
      replaced(line, /%%|%\(([^)]*)\)s|%/g, ([written, name]) => {
        if (written === "%%") return [{ ...line, text: "%" }];
        if (name === undefined) throw mistake(line, '"%" is followed by neither "%" nor "(name)s"');
        if (depth >= deepest) throw mistake(line, `"%(${name})s" stands for itself`);
        const given = this.parameters.get(name.toLowerCase());
        if (given !== undefined) return [{ ...line, text: given }];
        const value = this.file.valueOf(section, name);
        if (!value) throw mistake(line, `nothing says what "%(${name})s" stands for`);
        return this.interpolated(value, section, depth + 1);
      }),
    );
  }

  /** A "<name>" that names an option is replaced, also where its name is made by another; any other stays. */
  private withoutTags(lines: readonly ValueLine[]): readonly ValueLine[] {
    let current = lines;
    for (let pass = 0; pass <= deepest; pass++) {
      let isChanged = false;
      current = current.flatMap((line) =>
        replaced(line, /<([^ <>]+)>/g, ([written, name = ""]) => {
          const value = this.valueOf(name);
          if (!value) return [{ ...line, text: written }];
          isChanged = true;
          return value;
        }),
      );
      const size = current.reduce((sum, { text }) => sum + text.length + 1, 0);
      if (size > longestValueCharacters) throw new FilterError(`${placeOf(current[0])}: becomes too long`);
      if (!isChanged) return current;
    }
    throw new FilterError(`${placeOf(current[0])}: a "<name>" stands for itself`);
  }
}

function mistake(line: ValueLine, what: string): FilterError {
  return new FilterError(`${placeOf(line)}: ${what}`);
}

/** Such as "/etc/fail2ban/filter.d/sshd.conf:12". */
export function placeOf(line: ValueLine | undefined): string {
  return `${line?.path ?? ""}:${line?.line ?? 0}`;
}

/**
 * The line with each match replaced by a value, of which each further line begins a line of its own. Where a match is
 * all that the line has, the lines of its value keep their own places.
 */
function replaced(
  line: ValueLine,
  pattern: RegExp,
  valueOf: (match: RegExpExecArray) => readonly ValueLine[],
): readonly ValueLine[] {
  const done: ValueLine[] = [];
  let current = { ...line, text: "" };
  let end = 0;
  for (const match of line.text.matchAll(pattern)) {
    const value = valueOf(match);
    const isAll = match[0].length === line.text.length;
    if (isAll && value.every(({ path }) => path !== "")) return value;
    current = { ...current, text: current.text + line.text.slice(end, match.index) };
    for (const [index, piece] of value.entries()) {
      if (index === 0) current = { ...current, text: current.text + piece.text };
      else {
        done.push(current);
        current = { ...(piece.path === "" ? line : piece) };
      }
    }
    end = match.index + match[0].length;
  }
  return [...done, { ...current, text: current.text + line.text.slice(end) }];
}
