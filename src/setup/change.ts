/** One thing that setup does to a system: shown before it is made. */
import type { Host } from "./host.js";

export interface Change {
  /** What it is for, as a heading. */
  readonly title: string;
  /** What is to be seen of it: lines of a file that go ("-") and come ("+"), or the command that is run ("$"). */
  readonly shown: readonly string[];
  make(): void;
}

/** A file whose text changes. Undefined where it does not. */
export function fileChange(
  host: Host,
  path: string,
  text: string,
  {
    title,
    mode,
    afterwards,
  }: { readonly title: string; readonly mode?: number; readonly afterwards?: Change },
): Change | undefined {
  const before = host.read(path);
  if (before === text) return undefined;
  return {
    title: `${path}: ${title}`,
    shown: [...changedLines(before ?? "", text), ...(afterwards?.shown ?? [])],
    make() {
      host.write(path, text, mode);
      afterwards?.make();
    },
  };
}

/** A file that goes, if it is there. */
export function fileRemoval(host: Host, path: string, title: string): Change | undefined {
  if (!host.exists(path)) return undefined;
  return { title: `${path}: ${title}`, shown: [`$ rm ${path}`], make: () => host.remove(path) };
}

export function commandChange(host: Host, title: string, command: string, ...words: string[]): Change {
  return {
    title,
    shown: [`$ ${[command, ...words].join(" ")}`],
    make: () => host.run(command, ...words),
  };
}

/** The lines between what two texts begin and end with alike: those of the first with "- ", those of the other with "+ ". */
function changedLines(before: string, after: string): readonly string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(old.length, now.length) - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  )
    end += 1;
  return [
    ...old.slice(start, old.length - end).map((line) => `- ${line}`),
    ...now.slice(start, now.length - end).map((line) => `+ ${line}`),
  ];
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}
