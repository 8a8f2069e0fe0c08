/**
 * A text that grows line by line, for forms of fixed columns.
 * Promise: words of ours break at one width, text of logs at another, and a line of a log begins in column 5 or further.
 */
import type { Phrase } from "../outline/parts.js";
import { wrap, type Paint, type Run } from "./wrap.js";

/** How a form of fixed columns looks. */
export interface Style {
  /** Columns for words of ours, and for text of logs. */
  readonly wordColumns: number;
  readonly logColumns: number;
  /** A heading's words as they are shown, such as "IN ORDER". */
  readonly heading: (words: string) => string;
  readonly paint: (text: string, paint: Paint) => string;
  /** Whether columns of figures stay columns: proportional type breaks them. */
  readonly hasTables: boolean;
}

export class Page {
  readonly style: Style;
  private readonly lines: string[] = [];

  constructor(style: Style) {
    this.style = style;
  }

  /** A blank line before whatever comes next. */
  gap(): void {
    if (this.lines.length > 0 && this.lines.at(-1) !== "") this.lines.push("");
  }

  heading(words: string, detail: string = ""): void {
    this.gap();
    const start: Run = { text: this.style.heading(words), paint: "strong" };
    this.put([start, ...(detail === "" ? [] : [{ text: `  ${detail}`, paint: "quiet" } as const])], "", "");
  }

  /** Words of ours. `further` stands before the lines after the first. */
  words(runs: string | readonly Run[], first = "", further: string = first): void {
    this.put(typeof runs === "string" ? [{ text: runs }] : runs, first, further);
  }

  /** Words with quoted text among them. */
  phrase(phrase: Phrase, first = "", further: string = first, paint?: Paint): void {
    const isOurs = phrase.every((part) => typeof part === "string");
    const runs = phrase.map((part): Run => {
      const text = typeof part === "string" ? part : part.quoted;
      return paint === undefined ? { text } : { text, paint };
    });
    this.put(runs, first, further, isOurs ? this.style.wordColumns : this.style.logColumns);
  }

  /** Text of a log. */
  log(runs: readonly Run[], first: string, further: string): void {
    this.put(runs, first, further, this.style.logColumns);
  }

  /** A line as it stands. */
  line(runs: readonly Run[]): void {
    this.lines.push(this.painted(runs));
  }

  text(): string {
    return this.lines.map((line) => `${line}\n`).join("");
  }

  private put(
    runs: readonly Run[],
    first: string,
    further: string,
    width: number = this.style.wordColumns,
  ): void {
    const { logColumns } = this.style;
    for (const line of wrap(runs, { width, first, further, widest: logColumns })) this.line(line);
  }

  private painted(runs: readonly Run[]): string {
    return runs
      .map(({ text, paint }) => (paint === undefined ? text : this.style.paint(text, paint)))
      .join("")
      .trimEnd();
  }
}
