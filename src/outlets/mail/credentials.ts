/**
 * Reads the file with the mail relay's user and password.
 * Promise: a file that others can read is refused, and no error ever shows what is in it.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { systemReason } from "../../std/system-error.js";
import type { Parsed } from "../../std/parsed.js";

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** In: a file of mode 0600 with the user on its first line and the password on its second. */
export function readCredentials(path: string): Parsed<Credentials> {
  let text: string;
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { mode, uid } = fstatSync(descriptor);
      if ((mode & 0o077) !== 0)
        return { ok: false, expected: `mode 0600 (it is ${(mode & 0o7777).toString(8).padStart(4, "0")})` };
      if (uid !== process.geteuid?.() && uid !== 0)
        return { ok: false, expected: `a file of this user or root (it is uid ${uid}'s)` };
      text = readFileSync(descriptor, "utf8");
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { ok: false, expected: `a readable file: ${systemReason(error)}` };
  }
  const [user, password, ...rest] = text.replace(/\n$/, "").split("\n");
  const isPlain = /^[^\0\r]+$/;
  if (
    user === undefined ||
    password === undefined ||
    rest.length > 0 ||
    !isPlain.test(user) ||
    !isPlain.test(password)
  )
    return { ok: false, expected: "two lines: the user, the password" };
  return { ok: true, value: { user, password } };
}
