/**
 * The terminal that a dialogue is held on: raw mode, keys, rows.
 * Promise: however the dialogue or the process ends, short of SIGKILL, and whenever it is stopped, the terminal is as it was.
 * What is written are rows of printable text and a few sequences that a VT100 has.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { emitKeypressEvents, type Key } from "node:readline";
import { ReadStream, WriteStream } from "node:tty";
import type { Row } from "../rows.js";
import type { Size } from "../state.js";
import type { Screen } from "../dialogue.js";
import { shownText } from "./shown-text.js";

type ScreenEvent = Awaited<ReturnType<Screen["next"]>>;

const terminalPath = "/dev/tty";
const usualSize: Size = { columns: 80, rows: 24 };

/** Of a VT100 (its user guide, chapter 3), apart from the alternate screen, which a later terminal has. */
const sequences = {
  alternate: "\x1b[?1049h",
  usual: "\x1b[?1049l",
  noWrap: "\x1b[?7l",
  wrap: "\x1b[?7h",
  hideCursor: "\x1b[?25l",
  showCursor: "\x1b[?25h",
  clear: "\x1b[H\x1b[J",
  restOfRow: "\x1b[K",
  plain: "\x1b[m",
  strong: "\x1b[1m",
  reverse: "\x1b[7m",
};

const signalsTakeMs = 50;
const endings = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;

/** Why a dialogue cannot be held; undefined where it can. */
export function hasTerminal({ TERM = "" }: NodeJS.ProcessEnv): string | undefined {
  if (TERM === "" || TERM === "dumb") return `the terminal "${TERM}" cannot move its cursor`;
  try {
    closeSync(openSync(terminalPath, "r+"));
    return undefined;
  } catch {
    return "there is no terminal";
  }
}

export class TtyScreen implements Screen {
  private readonly output: number;
  private readonly input: ReadStream;
  private readonly hasAlternate: boolean;
  private readonly isUtf8: boolean;
  private readonly events: ScreenEvent[] = [];
  private wake: (() => void) | undefined;
  private isOn = false;
  private isLent = false;
  private rows: readonly Row[] = [];

  /** Throws the system's error where the process has no terminal. */
  constructor(env: NodeJS.ProcessEnv) {
    const name = env.TERM ?? "";
    this.hasAlternate = !/^vt\d/.test(name);
    this.isUtf8 = /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || "");
    this.output = openSync(terminalPath, "w");
    this.input = new ReadStream(openSync(terminalPath, "r"));
    emitKeypressEvents(this.input);
    this.input.on("keypress", (text: string | undefined, key: Key) => this.onKey(text, key));
    // The terminal is gone.
    this.input.on("end", () => this.endBy("SIGHUP"));
    this.input.on("error", () => this.endBy("SIGHUP"));
    for (const signal of endings) process.on(signal, this.endBy);
    process.on("SIGTSTP", this.onStop);
    process.on("SIGCONT", this.onContinue);
    process.on("SIGWINCH", this.onResize);
    process.on("exit", this.leave);
    this.enter();
  }

  get size(): Size {
    const stream = new WriteStream(openSync(terminalPath, "w"));
    const [columns, rows] = stream.getWindowSize();
    stream.destroy();
    return columns > 0 && rows > 0 ? { columns, rows } : usualSize;
  }

  show(rows: readonly Row[]): void {
    this.rows = rows;
    const text = rows.map(({ text: shown, look }, index) => {
      const place = `\x1b[${index + 1};1H`;
      const printable = shownText(shown, this.isUtf8);
      const looks = look === undefined ? printable : `${sequences[look]}${printable}${sequences.plain}`;
      // Cleared first: after a row that is full it would take its last character.
      return `${place}${sequences.restOfRow}${looks}`;
    });
    this.write(text.join(""));
  }

  async next(): Promise<ScreenEvent> {
    for (;;) {
      const event = this.events.shift();
      if (event !== undefined) return event;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  async hasNext(): Promise<boolean> {
    // The second one comes after the input was looked at.
    for (const _ of [1, 2]) await new Promise((resolve) => setImmediate(resolve));
    return this.events.length > 0;
  }

  /**
   * Gives the terminal to another program while `act` runs, which gets it as an open file. That program and this one are
   * stopped together; what the keyboard interrupts is that program.
   */
  lend<Result>(act: (terminal: number) => Result): Result {
    this.leave();
    process.off("SIGTSTP", this.onStop);
    process.off("SIGCONT", this.onContinue);
    this.isLent = true;
    const terminal = openSync(terminalPath, "r+");
    try {
      return act(terminal);
    } finally {
      closeSync(terminal);
      process.on("SIGTSTP", this.onStop);
      process.on("SIGCONT", this.onContinue);
      // Signals of meanwhile come when the events of Node go on.
      setTimeout(() => (this.isLent = false), signalsTakeMs);
      this.enter();
    }
  }

  close(): void {
    this.leave();
    this.forgetSignals();
    process.off("exit", this.leave);
    this.input.destroy();
    closeSync(this.output);
  }

  private enter(): void {
    if (this.isOn) return;
    this.input.setRawMode(true);
    this.isOn = true;
    const { alternate, noWrap, hideCursor, clear } = sequences;
    this.write(`${this.hasAlternate ? alternate + hideCursor : ""}${noWrap}${clear}`);
    this.input.resume();
  }

  private readonly leave = (): void => {
    if (!this.isOn) return;
    this.isOn = false;
    this.input.pause();
    const { usual, wrap, showCursor, plain, clear } = sequences;
    this.write(`${plain}${wrap}${this.hasAlternate ? showCursor + usual : clear}`);
    this.input.setRawMode(false);
  };

  private onKey(text: string | undefined, { name, ctrl, meta, sequence }: Key): void {
    if (ctrl === true && name === "c") this.endBy("SIGINT");
    else if (ctrl === true && name === "\\") this.endBy("SIGQUIT");
    else if (ctrl === true && name === "z") this.stop(0);
    else if (ctrl === true && name === "l") this.onResize();
    else if (ctrl !== true && meta !== true) {
      const isLetter = text !== undefined && /^[!-~]$/.test(text);
      this.push({ name: "key", key: isLetter ? text : (name ?? sequence ?? "") });
    }
  }

  /** Ends the process as the signal does where nobody handles it, so that whoever waits for it learns why. */
  private readonly endBy = (signal: NodeJS.Signals): void => {
    if (this.isLent && (signal === "SIGINT" || signal === "SIGQUIT")) return;
    this.leave();
    this.forgetSignals();
    process.kill(process.pid, signal);
  };

  private readonly onStop = (): void => this.stop(process.pid);

  /** In: the process, or 0: the whole job, as the terminal does by ctrl-Z. */
  private stop(process_: number): void {
    this.leave();
    process.off("SIGTSTP", this.onStop);
    process.kill(process_, "SIGTSTP");
    // Where nobody could continue the job, it is not stopped.
    setImmediate(this.onContinue);
  }

  private readonly onContinue = (): void => {
    if (!process.listeners("SIGTSTP").includes(this.onStop)) process.on("SIGTSTP", this.onStop);
    this.enter();
    this.onResize();
  };

  private readonly onResize = (): void => {
    if (!this.isOn) return;
    this.write(sequences.clear);
    this.show(this.rows);
    this.push({ name: "resized", size: this.size });
  };

  private push(event: ScreenEvent): void {
    this.events.push(event);
    this.wake?.();
  }

  private forgetSignals(): void {
    for (const signal of endings) process.off(signal, this.endBy);
    process.off("SIGTSTP", this.onStop);
    process.off("SIGCONT", this.onContinue);
    process.off("SIGWINCH", this.onResize);
  }

  /** What a terminal that is gone does not take is lost with it: its end comes as a signal, too. */
  private write(text: string): void {
    try {
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length;) written += writeSync(this.output, bytes, written);
    } catch {
      // The end of the terminal comes as the end of its input, too.
    }
  }
}
