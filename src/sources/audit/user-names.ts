/** Names the users of a record, as auditd's enriched format does. Promise: bounded; the first of each field is named. */
import type { ByteString } from "../../std/text/byte-string.js";
import { hasName, userName } from "../records/users.js";

const userFields = /(?<![^ ])(uid|auid|euid|suid|fsuid|ouid|oauid|obj_uid|iuid|old-auid)=(\d{1,10})(?= |$)/g;
const longestName = 40;
/** Of nobody who ever logged in: (uid_t)-1. */
const unset = 4_294_967_295;

/** Such as ` UID="root" AUID="unset"`, in the order of the fields; empty where there are none. */
export function namesOfUsers(fields: ByteString): ByteString {
  const names = new Map<string, string>();
  for (const [, field = "", uid = ""] of fields.matchAll(userFields))
    if (!names.has(field)) names.set(field, ` ${field.toUpperCase()}="${nameOf(Number(uid))}"`);
  return [...names.values()].join("");
}

function nameOf(uid: number): string {
  if (uid === unset) return "unset";
  return hasName(uid) ? userName(uid).slice(0, longestName) : `unknown(${uid})`;
}
