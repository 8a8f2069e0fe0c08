/**
 * Knows what some programs' lines are made of, where the text alone does not tell what varies.
 * Promise: only the program that is named is read so; what is not known is read like any other line.
 */
import { templateOfAudit } from "./audit.js";
import { commandByExecutable, wholeCommand } from "./commands.js";
import { templateOfKernel } from "./kernel.js";
import type { Reading } from "./pairs.js";
import { templateOf } from "./template.js";

/** Gives the template of a message; undefined where it knows nothing of it. */
type Statement = (message: string, program: string) => string | undefined;

const statements = new Map<string, readonly Statement[]>();

function learn(programs: string, ...own: readonly Statement[]): void {
  for (const program of programs.split(" "))
    statements.set(program, [...(statements.get(program) ?? []), ...own]);
}

/** The template of a program's message, bytes as latin1. */
export function templateOfProgram(program: string | undefined, message: string): string {
  if (program !== undefined)
    for (const statement of statements.get(program) ?? []) {
      const template = statement(message, program);
      if (template !== undefined) return template;
    }
  if (message.startsWith("pam_") || message.startsWith("PAM "))
    return templateOf(message.replace("(su-l:", "(su:"), pamReading(program, message));
  if (message.startsWith("type=")) return templateOfAudit(message);
  const start = mayHoldCommand(message) ? message.search(commandStart) : -1;
  if (start < 0) return templateOf(message);
  return `${templateOf(message.slice(0, start))} ${wholeCommand(message.slice(start))}`;
}

/** Told before the expression is asked, since there may be millions of lines. */
function mayHoldCommand(message: string): boolean {
  return message.includes("=") || message.includes("CMD") || message.includes(" ran command ");
}

/** What begins the command that a user ran, whoever logged it. */
const commandStart = /COMMAND=|CMD(?:END)? \(| ran command |\bcmd=|\bproctitle=|\ba\d{1,4}=/;

const pam: Reading = { isPam: true };
const ownPam: Reading = { isPam: true, usersVary: true };
const keysVary: Reading = { keysVary: true };

/** "pam_unix(sshd:auth): …" of sshd itself: who was tried varies. A service that another program names is odd. */
function pamReading(program: string | undefined, message: string): Reading {
  const service = message.startsWith("PAM ")
    ? program
    : message.slice(message.indexOf("(") + 1, message.indexOf(":"));
  return program !== undefined &&
    service !== undefined &&
    service.toLowerCase().startsWith(program.toLowerCase().slice(0, 4))
    ? ownPam
    : pam;
}

/** Names and texts that a client sent may hold anything, blanks and all. */
learn("sshd sshd-session sshd-auth", (message) => {
  const isEarly = message.endsWith("[preauth]") ? " [preauth]" : "";
  if (message.startsWith("Received disconnect from ")) return `Received disconnect from *${isEarly}`;
  for (const before of [" Their offer: ", " service not allowed: "]) {
    const start = message.indexOf(before);
    if (start > 0) return `${templateOf(message.slice(0, start))}${before}*${isEarly}`;
  }
  for (const before of ["nvalid user ", "authenticating user "]) {
    const start = message.indexOf(before);
    if (start >= 0 && start < longestLead)
      return `${templateOf(message.slice(0, start + before.length))} *${isEarly}`;
  }
  return undefined;
});

/** Before the name of a user: "message repeated 5 times: [ Failed keyboard-interactive/pam for invalid user ". */
const longestLead = 128;

/** `ops : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/apt update`: who, where and as whom varies. */
learn("sudo", (message) => {
  const command = message.indexOf("COMMAND=");
  const colon = message.indexOf(" : ");
  if (command < 0 || colon < 0 || colon > command) return undefined;
  const said = message
    .slice(colon + 3, Math.min(command, colon + 515))
    .split(" ; ")
    .filter((part) => part.trim() !== "" && !/^\s*[A-Z]+=/.test(part));
  const what = said.length > 0 ? `${templateOf(said.join("; "))} ` : "";
  return `* : ${what}COMMAND=${commandByExecutable(message.slice(command + 8))}`;
});

/** `(to root) ops on pts/0`, `Successful su for root by ops`, `+ pts/0 ops:root`. */
learn("su", (message) => {
  if (/^\(to \S+\) \S+ on /.test(message)) return "(to *) * on *";
  if (/^[+-] \S+ \S+:\S+$/.test(message)) return `${message.slice(0, 1)} * *:*`;
  const [, what] = /^((?:Successful|FAILED) su for) \S+ by \S+$/.exec(message) ?? [];
  return what === undefined ? undefined : `${what} * by *`;
});

learn("pkexec", (message) => {
  const command = message.indexOf("[COMMAND=");
  if (command < 0) return undefined;
  const [, what = ""] = /^[^:]*: ([^[]*)\[/.exec(message.slice(0, command)) ?? [];
  return `*: ${what}COMMAND=${commandByExecutable(message.slice(command + 9).replace(/\]$/, ""))}`;
});

/** The jail varies. */
learn("fail2ban.actions fail2ban.filter fail2ban-server fail2ban.observer", (message) => {
  const [, level, rest] = /^\s*([A-Z]+)\s+\[[^\]\s]{1,64}\] (.*)$/s.exec(message.slice(0, 1024)) ?? [];
  return level === undefined || rest === undefined ? undefined : `${level} [*] ${templateOf(rest)}`;
});

learn("audit auditd audispd audisp-syslog", templateOfAudit);
learn("kernel", templateOfKernel);

learn("dbus dbus-daemon dbus-broker", (message) => {
  const end = message.startsWith("[s") ? message.indexOf("] ") : -1;
  return templateOf(end < 0 ? message : message.slice(end + 2), keysVary);
});

/** `imap(ops)<812><5q…>: Logged out`: of whom. */
learn("dovecot", (message) => {
  const [, service, rest] = /^([a-z-]+)\([^)]*\)(?:<[^>]*>)*:? (.*)$/s.exec(message.slice(0, 1024)) ?? [];
  return service === undefined || rest === undefined ? undefined : `${service}(*): ${templateOf(rest)}`;
});

learn("systemd-logind", (message) => {
  const start = "Watching system buttons on ";
  return message.startsWith(start) ? `${start}*` : undefined;
});

learn("dhclient", (message) =>
  message.startsWith("DHCPREQUEST for ") ? templateOf(`DHCPREQUEST of ${message.slice(16)}`) : undefined,
);
