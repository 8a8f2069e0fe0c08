/**
 * A terminal that knows the few sequences which the dialogue uses.
 * Promise: any other control is an error, so that nothing of a log and nothing of a later terminal goes by unnoticed.
 */
import { columnsOf } from "../../src/std/text/columns.js";

/** Sequences that a VT100 does not have. */
const later: ReadonlySet<string> = new Set(["?1049h", "?1049l", "?25h", "?25l"]);

const escape = "\x1b";
const pieces = new RegExp(`^(?:${escape}\\[([?0-9;]*)([@-~])|[\\r\\n\\x07\\b]|\\P{Cc})`, "u");
const unfinished = new RegExp(`^${escape}(\\[[?0-9;]*)?$`);

export class VtScreen {
  private cells: string[][] = [];
  private pending = "";
  private row = 0;
  private column = 0;
  private wraps = true;
  /** What the alternate screen stands before. */
  private usual: { cells: string[][]; row: number; column: number } | undefined;
  /** Whether something came that a VT100 does not have. */
  isBeyondVt100 = false;
  columns: number;
  rows: number;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  /** The rows, without blanks at their ends. */
  get text(): string {
    const rows = Array.from({ length: this.rows }, (_, row) =>
      Array.from({ length: this.columns }, (_2, column) => this.cells[row]?.[column] ?? " ")
        .join("")
        .trimEnd(),
    );
    return rows.join("\n").trimEnd();
  }

  /** Whether the last thing that was said of wrapping is what a terminal begins with. */
  get isWrapping(): boolean {
    return this.wraps;
  }

  feed(text: string): void {
    this.pending += text;
    for (;;) {
      const piece = pieces.exec(this.pending);
      if (piece === null) {
        if (this.pending === "" || unfinished.test(this.pending)) return;
        throw new Error(`the terminal was sent ${JSON.stringify(this.pending.slice(0, 20))}`);
      }
      this.pending = this.pending.slice(piece[0].length);
      const [all, parameters = "", final] = piece;
      if (final !== undefined) this.control(parameters, final);
      else if (all === "\r") this.column = 0;
      else if (all === "\b") this.column = Math.max(0, this.column - 1);
      else if (all === "\n") this.down();
      else if (all !== "\x07") this.put(all);
    }
  }

  private down(): void {
    if (this.row < this.rows - 1) this.row++;
    else this.cells = [...this.cells.slice(1), []];
  }

  private put(character: string): void {
    if (this.column >= this.columns) {
      if (this.wraps) [this.column] = [0, this.down()];
      else this.column = this.columns - 1;
    }
    const row = (this.cells[this.row] ??= []);
    row[this.column] = character;
    const width = columnsOf(character);
    if (width === 2) row[this.column + 1] = "";
    this.column += width;
  }

  private control(parameters: string, final: string): void {
    const sequence = parameters + final;
    if (later.has(sequence)) this.isBeyondVt100 = true;
    if (final === "H") {
      const [row = 1, column = 1] = parameters.split(";").map((number) => Number(number) || 1);
      [this.row, this.column] = [row - 1, column - 1];
    } else if (sequence === "K") this.cells[this.row]?.splice(Math.min(this.column, this.columns - 1));
    else if (sequence === "J") {
      this.cells[this.row]?.splice(this.column);
      this.cells.splice(this.row + 1);
    } else if (sequence === "?7h" || sequence === "?7l") this.wraps = final === "h";
    else if (sequence === "?1049h") {
      this.usual = { cells: this.cells, row: this.row, column: this.column };
      this.cells = [];
    } else if (sequence === "?1049l") Object.assign(this, this.usual);
    else if (!/^([017]?m|\?25[hl])$/.test(sequence))
      throw new Error(`the terminal was sent the sequence ${sequence}`);
  }
}
