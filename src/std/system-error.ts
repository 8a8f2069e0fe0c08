/**
 * What the operating system's errors say.
 * Promise: accepts any thrown value, and never throws.
 */
import { getSystemErrorMap } from "node:util";

/** The error's code, such as "ENOENT"; undefined for what is no system error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** `no space left on device (ENOSPC)` for a system error, its message for any other. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const number = "errno" in error && typeof error.errno === "number" ? error.errno : 0;
  const [name, words] = getSystemErrorMap().get(number) ?? [];
  return name === undefined ? error.message : `${words} (${name})`;
}
