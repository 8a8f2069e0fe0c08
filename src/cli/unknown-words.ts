/**
 * Says of a word that no command knows what is wrong with it, and what may have been meant.
 * Promise: the word stands in the message as it was written.
 */
import { suggestion } from "../std/text/suggestion.js";

/** The words that may follow some others: commands, or with a last word "--" the options. */
export type Candidates = (words: readonly string[]) => Promise<readonly string[]>;

/** In: the arguments, and one that yargs does not know, without its dashes and value. */
export async function aboutUnknown(
  unknown: string,
  args: readonly string[],
  candidates: Candidates,
): Promise<string> {
  const words = args.filter((word) => !word.startsWith("-"));
  const [command, action] = words;
  const isGroup = command === "rules";
  const option = optionNamed(unknown, args);
  if (option !== undefined) {
    const known = await candidates([...words.slice(0, isGroup ? 2 : 1), "--"]);
    return `unknown option "${option}"${suggestion(option, known)}`;
  }
  if (unknown === command)
    return `unknown command "${unknown}"${suggestion(unknown, await candidates([""]))}`;
  if (isGroup && unknown === action)
    return `rules: unknown command "${unknown}"${suggestion(unknown, await candidates([command, ""]))}`;
  return `unexpected argument "${unknown}"`;
}

/** As it was written, without its value. One dash may stand before several letters. */
function optionNamed(name: string, args: readonly string[]): string | undefined {
  const beforeDashes = args.slice(0, args.includes("--") ? args.indexOf("--") : undefined);
  for (const arg of beforeDashes) {
    const [written = ""] = arg.split("=", 1);
    if (written === `--${name}` || written === `--no-${name}`) return written;
    if (/^-[^-]/.test(written) && name.length === 1 && written.includes(name)) return `-${name}`;
  }
  return undefined;
}
