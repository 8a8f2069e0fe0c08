/**
 * A page before it is set in a width: what stands on it from top to bottom, block by block.
 * Promise: it has no width and no colours yet, so that one page fits a mail and any terminal.
 */
import type { Phrase } from "../outline/parts.js";
import type { Run } from "./wrap.js";

/** Plain JSON, which is stored with a report: a change here is a new version in `stored-page.ts`. */
export type Block =
  /** A blank line, unless there is one already. */
  | { readonly kind: "gap" }
  | { readonly kind: "heading"; readonly words: string; readonly detail: string }
  | TextBlock
  | Table;

/** One paragraph. Its lines break at blanks. */
export interface TextBlock {
  readonly kind: "text";
  readonly runs: readonly Run[];
  /** Before the first line, and before each further one: blanks and ASCII. */
  readonly first: string;
  readonly further: string;
  /** "log": text of a log, a path or a rule is in it, which has more room than words of ours. "whole": it is not broken. */
  readonly room: "words" | "log" | "whole";
}

/** Rows of the same columns, two blanks between them. Where a page is too narrow, what is in the head of a row stands above the rest of it. */
export interface Table {
  readonly kind: "table";
  /** Blanks before each row. */
  readonly indent: number;
  /** How many of the first columns are the head: one at least. */
  readonly headColumns: number;
  readonly align: readonly ("left" | "right")[];
  /** Whether heads can be copied as they stand, and are not broken. */
  readonly isHeadWhole: boolean;
  /** Whether the first row names the columns. */
  readonly hasNames: boolean;
  /** Whether the last column is text that may be broken. */
  readonly isFlowing: boolean;
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = readonly Run[];

/** Gathers the blocks. */
export class Page {
  readonly blocks: Block[] = [];

  gap(): void {
    this.blocks.push({ kind: "gap" });
  }

  /** In capitals, as "IN ORDER". */
  heading(words: string, detail: string = ""): void {
    this.gap();
    this.blocks.push({ kind: "heading", words, detail });
  }

  /** Words of ours. `further` stands before the lines after the first. */
  words(runs: string | readonly Run[], first = "", further: string = first): void {
    this.put(typeof runs === "string" ? [{ text: runs }] : runs, first, further, "words");
  }

  /** Words with quoted text among them. */
  phrase(phrase: Phrase, first = "", further: string = first): void {
    const isOurs = phrase.every((part) => typeof part === "string");
    this.put(runsOf(phrase), first, further, isOurs ? "words" : "log");
  }

  /** Text of a log. */
  log(runs: readonly Run[], first: string, further: string): void {
    this.put(runs, first, further, "log");
  }

  /** What can be copied as it stands. */
  command(command: string): void {
    this.put([{ text: command }], "  ", "", "whole");
  }

  table(table: Omit<Table, "kind">): void {
    if (table.rows.length > 0) this.blocks.push({ kind: "table", ...table });
  }

  private put(runs: readonly Run[], first: string, further: string, room: TextBlock["room"]): void {
    this.blocks.push({ kind: "text", runs, first, further, room });
  }
}

/** A phrase as runs of one paint. */
export function runsOf(phrase: Phrase, paint?: Run["paint"]): Run[] {
  return phrase.map((part): Run => {
    const text = typeof part === "string" ? part : part.quoted;
    return paint === undefined ? { text } : { text, paint };
  });
}
