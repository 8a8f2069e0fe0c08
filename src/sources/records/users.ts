/** User names by number. Promise: the file is read once; a number without a name stays a number. */
import { readFileSync } from "node:fs";

let names: ReadonlyMap<number, string> | undefined;

/** The name of a user in /etc/passwd, or the number itself. Never throws. */
export function userName(uid: number): string {
  names ??= readNames();
  return names.get(uid) ?? String(uid);
}

export function hasName(uid: number): boolean {
  names ??= readNames();
  return names.has(uid);
}

function readNames(): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  let text: string;
  try {
    text = readFileSync("/etc/passwd", "latin1");
  } catch {
    // A chroot or a hardened unit may hide it: numbers do.
    return found;
  }
  for (const line of text.split("\n")) {
    const [name, , uid] = line.split(":");
    // The first name of a number is the one that getpwuid gives.
    if (name && uid && !found.has(Number(uid))) found.set(Number(uid), name);
  }
  return found;
}
