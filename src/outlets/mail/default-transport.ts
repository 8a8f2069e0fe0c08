/**
 * Chooses how mail is sent where the configuration does not say.
 * Promise: sendmail, except where it could not work: most of them are set-gid or set-uid, and a process that can gain no
 * privileges (systemd's NoNewPrivileges) starts them without. There the mail server of this machine gets it by SMTP.
 */
import { readFileSync } from "node:fs";

/** In: /proc/PID/status, see proc(5). Out: a value of the setting `transport`. */
export function transportFor(processStatus: string): "sendmail" | "smtp://127.0.0.1:25" {
  return /^NoNewPrivs:\s*1$/m.test(processStatus) ? "smtp://127.0.0.1:25" : "sendmail";
}

/** For this process. Never throws: where /proc is hidden, sendmail. */
export function defaultTransport(): ReturnType<typeof transportFor> {
  try {
    return transportFor(readFileSync("/proc/self/status", "latin1"));
  } catch {
    return "sendmail";
  }
}
