/** What the command line asks for, as plain data: what `parse` gives and the commands take. */
import type { Locale } from "../ere/index.js";
import type { Layer } from "../rules/layer.js";
import type { Level } from "../rules/rule.js";

/** Which rules to use, in place of the configured ones. */
export interface RuleOptions {
  readonly rules?: readonly string[];
  readonly level?: Level;
  readonly locale?: Locale;
}

export interface CheckOptions extends RuleOptions {
  readonly config?: string;
  readonly state?: string;
  readonly sources?: readonly string[];
  readonly dryRun: boolean;
  readonly stdout: boolean;
}

export interface FilterOptions extends RuleOptions {
  /** Paths; standardInput for standard input. Empty: standard input. */
  readonly files: readonly string[];
  readonly layers: readonly Layer[];
  readonly group: boolean;
  readonly count: boolean;
  readonly json: boolean;
  readonly explain: boolean;
  readonly cache: boolean;
  /** Unset: on a terminal, unless NO_COLOR says otherwise. */
  readonly color?: boolean;
}

export interface ExplainOptions extends RuleOptions {
  /** None: the lines of standard input. */
  readonly lines: readonly string[];
  readonly json: boolean;
}

export interface SpoolOptions {
  readonly action: "list" | "show" | "flush";
  /** Which entry, for show. */
  readonly entry?: string;
  readonly config?: string;
  readonly state?: string;
  readonly json: boolean;
}

export interface StatusOptions {
  readonly config?: string;
  readonly state?: string;
  readonly json: boolean;
}

export interface AcctOptions {
  readonly action: "learn";
  /** Accounting files; none: the usual one. Rotated ones beside them are read too. */
  readonly files: readonly string[];
  readonly user: string;
  readonly days: number;
}

export interface MigrateOptions {
  /** The logcheck.conf to start from. */
  readonly logcheckConf: string;
  /** Where the result goes; unset: standard output. */
  readonly output?: string;
}

export type Command =
  | { readonly name: "check"; readonly options: CheckOptions }
  | { readonly name: "filter"; readonly options: FilterOptions }
  | { readonly name: "explain"; readonly options: ExplainOptions }
  | { readonly name: "spool"; readonly options: SpoolOptions }
  | { readonly name: "status"; readonly options: StatusOptions }
  | { readonly name: "acct"; readonly options: AcctOptions }
  | { readonly name: "migrate"; readonly options: MigrateOptions }
  /** Text that was asked for: help, the version, a completion script. */
  | { readonly name: "print"; readonly text: string };

/** What `-` among the files becomes: yargs drops a lone dash. */
export const standardInput = "/dev/stdin";

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** The command that was meant, if it was that clear. */
  readonly command: string | undefined;

  constructor(message: string, command: string | undefined) {
    super(message);
    this.command = command;
  }
}
