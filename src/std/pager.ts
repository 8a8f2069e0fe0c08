/**
 * Shows text on a terminal through a pager, as git does.
 * Promise: all text is on its way to the reader, or `BrokenPipe` says that he has left; the terminal is ours again when the
 * work is over. Where standard output is no terminal, text goes there as it is.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { sayNotices } from "./standard-error.js";
import { BrokenPipe, writeText } from "./standard-output.js";
import { isTerminal } from "./terminal.js";

/** Takes text in pieces. Throws BrokenPipe once nobody reads it any more. */
export type Write = (text: string) => void;

/** Debian's alternative, then what is found nearly everywhere. */
const usualPagers = ["pager", "less"];
/** Of the shell: the command is there but cannot be run; it is not there. */
const notRunStatuses: ReadonlySet<number | null> = new Set([126, 127]);

/** Hands the work a way to write to the reader; ends with it, once the reader has left the pager. */
export async function paged<Outcome>(work: (write: Write) => Promise<Outcome> | Outcome): Promise<Outcome> {
  const command = isTerminal() ? pagerCommand(process.env) : undefined;
  return command === undefined ? work(writeText) : throughPager(command, work);
}

/** The command of the pager, for a shell. Undefined: none is wanted, or there is none. */
function pagerCommand(env: NodeJS.ProcessEnv): string | undefined {
  const { LOGWINNOW_PAGER: own, PAGER: everybodys, TERM: terminal = "" } = env;
  const chosen = own ?? everybodys;
  if (chosen !== undefined) return chosen === "" || chosen === "cat" ? undefined : chosen;
  if (terminal === "" || terminal === "dumb") return undefined;
  return usualPagers.find((name) => isOnPath(name, env));
}

function isOnPath(name: string, { PATH: path = "" }: NodeJS.ProcessEnv): boolean {
  return path.split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function throughPager<Outcome>(
  command: string,
  work: (write: Write) => Promise<Outcome> | Outcome,
): Promise<Outcome> {
  // Ctrl-C is the pager's: it stops a search, and the pager stays.
  const ignore = (): void => {};
  process.on("SIGINT", ignore);
  const pager = startPager(command);
  try {
    return await work(pager.write);
  } finally {
    await pager.end();
    process.off("SIGINT", ignore);
  }
}

function startPager(command: string): { readonly write: Write; readonly end: () => Promise<void> } {
  // Leave at once what fits on the screen, show colours, and leave on the screen what was read.
  const env = { LESS: "FRX", LV: "-c", ...process.env };
  const child: ChildProcess = spawn("/bin/sh", ["-c", command], {
    stdio: ["pipe", "inherit", "inherit"],
    env,
  });
  const written: string[] = [];
  let isGone = false;
  const over = new Promise<number | null>((resolve) => {
    const end = (status: number | null): void => {
      isGone = true;
      resolve(status);
    };
    child.once("exit", end).once("error", () => end(127));
  });
  // Whoever leaves early has read enough: that is no error.
  child.stdin?.on("error", () => (isGone = true));
  return {
    write(text) {
      if (isGone) throw new BrokenPipe("the pager was left");
      written.push(text);
      child.stdin?.write(text);
    },
    async end() {
      child.stdin?.end();
      const status = await over;
      if (!notRunStatuses.has(status)) return;
      sayNotices([{ where: "pager", what: `"${command}" cannot be run`, done: "printed without it" }]);
      for (const text of written) writeText(text);
    },
  };
}
