/**
 * `logwinnow rules lint` and `rules check`: say what is wrong with rules.
 * Promise: a file is changed only with --fix, in one step, with its mode and owner kept, and each change is told.
 */
import {
  chmodSync,
  chownSync,
  fsyncSync,
  openSync,
  closeSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { RuleOptions } from "../../config/config.js";
import { shippedRuleDirectory } from "../../config/defaults.js";
import { findCanaries } from "../../lint/canaries.js";
import { findingAsJson, findingAsText, isFault, type Finding } from "../../lint/finding.js";
import { fixContent } from "../../lint/fix.js";
import { lint, type LintOptions } from "../../lint/lint.js";
import { findRuleSources, sourcesWith, type RuleSources } from "../../lint/rule-sources.js";
import { asSarif } from "../../lint/sarif.js";
import type { RuleSettings } from "../../rules/rule-settings.js";
import { loggedHostNames } from "../../std/host-name.js";
import { packageVersion } from "../../std/package-root.js";
import { sayNotices } from "../../std/standard-error.js";
import { readAllInput } from "../../std/standard-input.js";
import { writeText } from "../../std/standard-output.js";
import { openEditorCache } from "../../store/caches/open-cache.js";

export interface RulesLintOptions extends RuleOptions {
  /** Files and directories; empty: those that a run reads. */
  readonly files: readonly string[];
  readonly json: boolean;
  readonly sarif: boolean;
  readonly fix: boolean;
}

export interface RulesCheckOptions extends RuleOptions {
  /** Where the file on standard input is, or will be. */
  readonly path: string;
  readonly json: boolean;
  readonly sarif: boolean;
}

export type LintOutcome = "clean" | "faults";

const mostTurns = 4;

/** Files that are named stand alone, unless rules to stand beside them are named too. */
export function rulesLint(options: RulesLintOptions, settings: RuleSettings): LintOutcome {
  const isAlone = options.files.length > 0 && options.rules === undefined;
  const beside = isAlone ? { ...settings, directories: [] } : settings;
  const look = (): RuleSources => findRuleSources(options.files, beside);
  let sources = look();
  let findings = lint(sources, lintOptions(settings));
  // Two fixes of one place are made one after the other.
  for (let turn = 0; options.fix && turn < mostTurns && fixFiles(sources, findings); turn++) {
    sources = look();
    findings = lint(sources, lintOptions(settings));
  }
  return tell(findings, options);
}

/** One file, as an editor has it, beside the rules that a run reads. */
export function rulesCheck(options: RulesCheckOptions, settings: RuleSettings): LintOutcome {
  const edited = { path: resolve(options.path), content: readAllInput().toString("latin1") };
  const { directories, level, locale } = settings;
  const cache = openEditorCache([
    edited.path,
    level,
    locale,
    ...directories.map(({ path }) => resolve(path)),
  ]);
  const findings = lint(sourcesWith(edited, settings), {
    ...lintOptions(settings),
    ...(cache && {
      memory: {
        statesCache: cache,
        answers: cache.answers,
        store: (answers: Uint8Array) => cache.storeAnswers(answers),
      },
    }),
  });
  return tell(findings, options);
}

function lintOptions({ locale, directories }: RuleSettings): LintOptions {
  const { canaries } = findCanaries([shippedRuleDirectory, ...directories.map(({ path }) => path)]);
  return { locale, now: new Date(), hosts: loggedHostNames(), canaries };
}

function tell(
  findings: readonly Finding[],
  { json, sarif }: { readonly json: boolean; readonly sarif: boolean },
): LintOutcome {
  if (sarif) writeText(asSarif(findings, packageVersion()));
  else writeText(findings.map(json ? findingAsJson : findingAsText).join(""));
  return findings.some(isFault) ? "faults" : "clean";
}

/** Whether something was mended. */
function fixFiles({ sources }: RuleSources, findings: readonly Finding[]): boolean {
  let isChanged = false;
  for (const { path, content, isTarget } of sources) {
    if (!isTarget) continue;
    const fixed = fixContent(
      content,
      findings.filter(({ file }) => file === path),
    );
    if (fixed.mended.length === 0) continue;
    replaceKeeping(path, Buffer.from(fixed.content, "latin1"));
    isChanged = true;
    sayNotices(
      fixed.mended.map(({ line, column, message }) => {
        return { where: `${path}:${line}:${column}`, what: message, done: "mended" };
      }),
    );
  }
  return isChanged;
}

/** A link stays a link. Throws the system's error, and then the file is as it was. */
function replaceKeeping(path: string, bytes: Uint8Array): void {
  const real = realpathSync(path);
  const { mode, uid, gid } = statSync(real);
  const temporary = join(dirname(real), `.${basename(real)}.tmp`);
  writeFileSync(temporary, bytes, { mode: 0o600, flag: "wx" });
  const own = statSync(temporary);
  if (own.uid !== uid || own.gid !== gid) chownSync(temporary, uid, gid);
  chmodSync(temporary, mode & 0o7777);
  const descriptor = openSync(temporary, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(temporary, real);
}
