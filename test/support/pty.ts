/** A program on a terminal of its own, as its user has it: keys in, a screen out. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import type { Readable, Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { resolve } from "node:path";
import { until } from "./until.js";
import { VtScreen } from "./vt-screen.js";

export interface TerminalModes {
  readonly echo: boolean;
  readonly lines: boolean;
  readonly signals: boolean;
  readonly output: boolean;
}

/** As a terminal begins, and as it has to be left. */
export const usualModes: TerminalModes = { echo: true, lines: true, signals: true, output: true };

export interface Ended {
  readonly status: number | null;
  readonly signal: number | null;
  readonly modes: TerminalModes | null;
}

export interface PtyOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export class Pty {
  readonly screen: VtScreen;
  /** All that the terminal was sent. */
  sent = "";
  private readonly python: ChildProcessByStdio<Writable, Readable, Readable>;
  private answers = "";
  private problem: unknown;

  constructor(command: readonly string[], { columns = 80, rows = 24, cwd, env }: PtyOptions) {
    this.screen = new VtScreen(columns, rows);
    const script = resolve("test/support/own-terminal.py");
    this.python = spawn("python3", [script, String(columns), String(rows), ...command], {
      cwd,
      env,
      stdio: ["pipe", "pipe", "pipe"],
    });
    const decoder = new StringDecoder("utf8");
    this.python.stdout.on("data", (bytes: Buffer) => {
      const text = decoder.write(bytes);
      this.sent += text;
      try {
        this.screen.feed(text);
      } catch (error) {
        this.problem ??= error;
      }
    });
    this.python.stderr.on("data", (bytes: Buffer) => (this.answers += bytes.toString()));
    this.python.stdin.on("error", () => undefined);
  }

  send(text: string): void {
    this.command({ send: text });
  }

  resize(columns: number, rows: number): void {
    [this.screen.columns, this.screen.rows] = [columns, rows];
    this.command({ resize: [columns, rows] });
  }

  signal(name: keyof typeof constants.signals): void {
    this.command({ signal: constants.signals[name] });
  }

  hangUp(): void {
    this.command({ hangup: 1 });
  }

  /** Waits until the screen shows it. */
  async shows(pattern: RegExp | string): Promise<string> {
    try {
      return await until(`the screen shows ${String(pattern)}`, () => {
        if (this.problem !== undefined) throw this.problem;
        const { text } = this.screen;
        if (typeof pattern === "string" ? text.includes(pattern) : pattern.test(text)) return text;
        if (this.python.exitCode !== null)
          throw new Error(`the program ended, and never showed ${String(pattern)}`);
        return undefined;
      });
    } catch (error) {
      throw new Error(`${String(error)}\n${this.screen.text}\n${this.answers}`, { cause: error });
    }
  }

  async modes(): Promise<TerminalModes> {
    const before = this.answers.length;
    this.command({ modes: 1 });
    const answer = await until("the terminal tells its modes", () => {
      const text = this.answers.slice(before);
      return text.endsWith("\n") && text;
    });
    return (JSON.parse(answer) as { modes: TerminalModes }).modes;
  }

  /** How the program ended, and how it left the terminal. */
  async ended(): Promise<Ended> {
    if (this.python.exitCode === null) await once(this.python, "close");
    if (this.problem !== undefined) throw this.problem;
    const last = this.answers.trimEnd().split("\n").at(-1) ?? "";
    return JSON.parse(last) as Ended;
  }

  /** Ends whatever still runs. */
  kill(): void {
    if (this.python.exitCode === null) this.python.kill();
  }

  private command(command: object): void {
    this.python.stdin.write(`${JSON.stringify(command)}\n`);
  }
}
