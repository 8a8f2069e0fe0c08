/**
 * What the operating system's errors say.
 * Promise: any thrown value may come in; what is no system error is answered too, never thrown on.
 */
import { getSystemErrorMap } from "node:util";

/** The error's name, such as "ENOENT"; undefined where the error has none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** Whether the error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return errorCode(error) === "ENOENT";
}

/** `no space left on device (ENOSPC)` for a system error, its message for any other. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const number = "errno" in error && typeof error.errno === "number" ? error.errno : 0;
  const [name, words] = getSystemErrorMap().get(number) ?? [];
  return name === undefined ? error.message : `${words} (${name})`;
}
