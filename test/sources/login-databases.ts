/** Writes databases of logins. Promise: by the statements that wtmpdb(8) and lastlog2(8) use. */
import { execFileSync } from "node:child_process";

export interface DatabaseLogin {
  readonly user: string;
  readonly seconds: number;
  /** wtmpdb's; 3: a login. */
  readonly type?: number;
  readonly line?: string | null;
  readonly host?: string | null;
  readonly service?: string | null;
}

const text = (value: string | null): string => (value === null ? "NULL" : `'${value.replaceAll("'", "''")}'`);

const textsOf = ({ line = "pts/0", host = "192.0.2.7", service = "sshd" }: DatabaseLogin): string =>
  [line, host, service].map(text).join(", ");

export function insertLogin(login: DatabaseLogin): string {
  const { user, seconds, type = 3 } = login;
  return (
    "INSERT INTO wtmp (Type, User, Login, TTY, RemoteHost, Service) VALUES " +
    `(${type}, ${text(user)}, ${seconds * 1_000_000}, ${textsOf(login)})`
  );
}

export function replaceLastLogin(login: DatabaseLogin): string {
  return `REPLACE INTO Lastlog2 VALUES (${text(login.user)}, ${login.seconds}, ${textsOf(login)})`;
}

const tables = {
  wtmpdb:
    "wtmp(ID INTEGER PRIMARY KEY, Type INTEGER, User TEXT NOT NULL, Login INTEGER, Logout INTEGER, TTY TEXT, " +
    "RemoteHost TEXT, Service TEXT) STRICT",
  lastlog2: "Lastlog2(Name TEXT PRIMARY KEY, Time INTEGER, TTY TEXT, RemoteHost TEXT, Service TEXT)",
} as const;

/** Runs the statements, in a database that is made if it is not there. */
export function writeDatabase(path: string, kind: keyof typeof tables, statements: readonly string[]): void {
  const all = [`CREATE TABLE IF NOT EXISTS ${tables[kind]}`, "BEGIN", ...statements, "COMMIT"];
  execFileSync("sqlite3", ["-batch", path], { input: `${all.join(";\n")};\n` });
}
