/**
 * Joins the lines that sudo breaks a long command into, so that the rules are asked about the whole command.
 * Promise: a command is judged by what all its lines say together, and never milder than by one of them.
 *
 * sudo breaks what it logs into lines of about 960 bytes (do_syslog in lib/eventlog/eventlog.c): at the last space that
 * fits, which it drops, or within a word where there is no space. Each line but the first says "(command continued)".
 */
import type { Entry } from "../../entry/entry.js";
import { layers, type Verdict } from "../../rules/layer.js";

/** A command as far as it is known: once joined as sudo would, once with a space at every joint. */
interface Command {
  readonly texts: readonly [string, string];
  /** Whether the last line may have been broken within a word. */
  readonly endsInOneWord: boolean;
  /** Of the lines so far, each by itself. */
  readonly worstOfLines: Verdict;
}

/** What is to be reported instead of a line that continues a command. */
export interface Continued {
  /** The command so far, under the header of its first line; bytes as latin1. */
  readonly line: string;
  readonly verdict: Verdict;
}

/** EREs for lines that must be seen even where they are ignored: each may be a part of an alarm. */
export const commandMarkers = ["^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ sudo(\\[[0-9]+\\])?: "];

const partPattern = /^ *(\S+) : (\(command continued\) )?/;

/** Of a command; what comes after that is judged by itself. */
const maxCommandBytes = 65_536;
/** Commands of one user whose processes are not logged: their lines may be mixed. */
const maxMixed = 4;
const maxUsers = 256;
/** Of all commands that are known at a time. */
const maxKnownBytes = 8 * 2 ** 20;
/** Of what is judged again in one run; after that, lines that continue a command are reported. */
const maxJudgedBytes = 64 * 2 ** 20;

export class ContinuedCommands {
  private readonly commands = new Map<string, readonly Command[]>();
  private knownBytes = 0;
  private judgedBytes = 0;
  private readonly verdictOn: (line: Uint8Array) => Verdict;

  constructor(verdictOn: (line: Uint8Array) => Verdict) {
    this.verdictOn = verdictOn;
  }

  /**
   * In: each line of sudo in its order, with its header read. Undefined where the line stands for itself.
   * A line that continues what is not known is at least reported.
   */
  join(source: string, line: string, entry: Entry, verdict: Verdict): Continued | undefined {
    if (entry.appName !== "sudo") return undefined;
    const { hostname = "", procId, message } = entry;
    const [prefix, user, continued] = partPattern.exec(message) ?? [];
    if (prefix === undefined || user === undefined) return undefined;
    const key = `${source}\0${hostname}\0${procId ?? ""}\0${user}`;
    const text = message.slice(prefix.length);
    const known = this.commands.get(key) ?? [];
    if (continued === undefined) {
      const begun = { texts: [line, line], endsInOneWord: false, worstOfLines: verdict } as const;
      this.remember(key, procId === undefined ? [...known, begun].slice(-maxMixed) : [begun]);
      return undefined;
    }
    const commands = known.map((command) => continuedBy(command, text, verdict)).filter(isBounded);
    this.remember(key, commands);
    const worst = this.worstOf(commands);
    if (worst === undefined) return atLeastReported(line, verdict);
    const isTelling = worst.verdict.layer === "never" || worst.verdict.layer === "violation";
    return isTelling && rankOf(worst.verdict) <= rankOf(verdict) ? worst : undefined;
  }

  private remember(key: string, commands: readonly Command[]): void {
    this.knownBytes -= bytesOf(this.commands.get(key));
    // A map keeps the order in which its keys were put in: the oldest is the first.
    this.commands.delete(key);
    this.commands.set(key, commands);
    this.knownBytes += bytesOf(commands);
    for (const [oldest, forgotten] of this.commands) {
      if (this.commands.size <= maxUsers && this.knownBytes <= maxKnownBytes) break;
      this.commands.delete(oldest);
      this.knownBytes -= bytesOf(forgotten);
    }
  }

  /** Undefined where there is nothing to judge, or too much. */
  private worstOf(commands: readonly Command[]): Continued | undefined {
    let worst: Continued | undefined;
    for (const { texts, worstOfLines } of commands)
      for (const line of new Set(texts)) {
        this.judgedBytes += line.length;
        if (this.judgedBytes > maxJudgedBytes) return undefined;
        const verdict = worseOf(this.verdictOn(Buffer.from(line, "latin1")), worstOfLines);
        if (worst === undefined || rankOf(verdict) < rankOf(worst.verdict)) worst = { line, verdict };
      }
    return worst;
  }
}

function continuedBy(
  { texts: [joined, spaced], endsInOneWord, worstOfLines }: Command,
  text: string,
  verdict: Verdict,
): Command {
  const texts = [joined + (endsInOneWord ? "" : " ") + text, `${spaced} ${text}`] as const;
  return {
    texts,
    endsInOneWord: !text.includes(" "),
    worstOfLines: worseOf(worstOfLines, verdict),
  };
}

function isBounded({ texts: [joined] }: Command): boolean {
  return joined.length <= maxCommandBytes;
}

function bytesOf(commands: readonly Command[] = []): number {
  return commands.reduce((sum, { texts }) => sum + texts[0].length + texts[1].length, 0);
}

function rankOf({ layer }: Verdict): number {
  return layers.indexOf(layer);
}

function worseOf(one: Verdict, other: Verdict): Verdict {
  return rankOf(other) < rankOf(one) ? other : one;
}

/** A command of which only a part is known is not routine. */
function atLeastReported(line: string, verdict: Verdict): Continued | undefined {
  return verdict.layer === "ignored" ? { line, verdict: { layer: "remainder" } } : undefined;
}
