/**
 * Says in words of ours what is wrong with a command line.
 * Promise: an option and a word stand in the message as they were written, and what was expected beside them.
 */
import { suggestion } from "../std/text/suggestion.js";
import { aboutUnknown, type Candidates } from "./unknown-words.js";

/** In: what yargs says, and of which arguments. */
export async function refusal(
  message: string,
  args: readonly string[],
  candidates: Candidates,
): Promise<string> {
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/.exec(message)?.[1]?.split(", ")[0];
  if (unknown !== undefined) return aboutUnknown(unknown, args, candidates);
  const [, name = "", given = "", choices = ""] =
    /^Invalid values: Argument: (\S+), Given: "(.*)", Choices: (.*)$/.exec(message) ?? [];
  if (name !== "") return aboutChoice(name, given, choices, args);
  const lacking = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (lacking !== undefined) return `${optionOf(lacking)}: needs a value`;
  const missing = /^Missing required arguments?: (.*)$/.exec(message)?.[1]?.split(", ");
  if (missing !== undefined) return `${missing.map((each) => optionOf(each)).join(" and ")}: missing`;
  if (message.startsWith("Not enough non-option arguments: ")) return `${commandOf(args)}: needs more words`;
  return message;
}

function aboutChoice(name: string, given: string, choices: string, args: readonly string[]): string {
  const names = choices.split(", ").map((choice) => choice.slice(1, -1));
  const expected = [names.slice(0, -1).join(", "), ...names.slice(-1)]
    .filter((each) => each !== "")
    .join(" or ");
  const isOption = args.some((arg) => arg.startsWith(`--${name}`) || /^-[^-]/.test(arg));
  return `${isOption ? optionOf(name) : commandOf(args)}: expected ${expected}, found "${given}"${suggestion(given, names)}`;
}

function optionOf(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

function commandOf(args: readonly string[]): string {
  return args.find((arg) => !arg.startsWith("-")) ?? "logwinnow";
}
