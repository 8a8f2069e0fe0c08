/** User names by number. Promise: the file is read once; a number without a name stays a number. */
import { readFileSync } from "node:fs";

interface Users {
  readonly names: ReadonlySet<string>;
  readonly byUid: ReadonlyMap<number, string>;
}

let users: Users | undefined;

/** The name of a user in /etc/passwd, or the number itself. Never throws. */
export function userName(uid: number): string {
  users ??= readUsers();
  return users.byUid.get(uid) ?? String(uid);
}

export function hasName(uid: number): boolean {
  users ??= readUsers();
  return users.byUid.has(uid);
}

/** In: bytes, each a character. */
export function isUserName(name: string): boolean {
  users ??= readUsers();
  return users.names.has(name);
}

function readUsers(): Users {
  const names = new Set<string>();
  const byUid = new Map<number, string>();
  let text: string;
  try {
    text = readFileSync("/etc/passwd", "latin1");
  } catch {
    // A chroot or a hardened unit may hide it: numbers do.
    return { names, byUid };
  }
  for (const line of text.split("\n")) {
    const [name, , uid] = line.split(":");
    if (!name || !uid) continue;
    names.add(name);
    // The first name of a number is the one that getpwuid gives.
    if (!byUid.has(Number(uid))) byUid.set(Number(uid), name);
  }
  return { names, byUid };
}
