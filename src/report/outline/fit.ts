/**
 * Fits a report into one mail of bounded size.
 * Promise: alarms take the room first; what is not shown is counted, and its lines are handed back for the report file.
 */
import type { Sample } from "../../group/group.js";
import type { Text } from "../../std/text/byte-string.js";
import type { Report } from "../document.js";
import type { IdCommand } from "./sections/actions.js";
import { outlineMaker, type Made } from "./build-outline.js";
import { frameSteps, kindSteps, richestKinds, ruleSteps, type FrameLimits, type Limits } from "./limits.js";
import type { Outline } from "./outline.js";

/** What a form is asked for. */
export interface SizedForm {
  /** Of one mail, encoded. */
  readonly maxBytes: number;
  /** How many bytes an outline takes in this form as it goes out, transfer encoding included; at most, not exactly. */
  size(outline: Outline): number;
}

export interface FittedReport {
  readonly outline: Outline;
  /** The same within other limits, for forms that are fitted apart. Its ledger is that of what it shows itself. */
  readonly outlineWith: (limits: Limits) => Outline;
  /** The report as the outline shows it: lines that did not fit are counted in its ledger. */
  readonly report: Report;
  /** The samples that did not fit: their lines are to be written to the report file. */
  readonly cut: readonly Sample[];
  /** The samples that are shown cut: the same. */
  readonly shortened: readonly Sample[];
}

export interface FitOptions {
  /** The commands on ids that this program has. */
  readonly commands?: ReadonlySet<IdCommand>;
  /** Who is to give them: the user that the job runs as. Left out: root. */
  readonly user?: Text;
  /** Whether lines of known kinds are shown, too. */
  readonly tellsAll?: boolean;
}

/**
 * In: a report whose ledger counts all samples that are not in the report file as reported; the forms that it goes out in,
 * of which the first one's size says how much there is to be shown.
 */
export function fitReport(
  report: Report,
  forms: readonly [SizedForm, ...SizedForm[]],
  { commands, user, tellsAll = false }: FitOptions = {},
): FittedReport {
  const options = { ...(commands && { commands }), ...(user !== undefined && { user }) };
  const make = outlineMaker(report, options);
  const fits = ({ outline }: Made, share = 1): boolean =>
    forms.every((form) => form.size(outline) <= form.maxBytes * share);
  const outlineWith = (limits: Limits): Outline => make(limits).outline;
  const fitted = ({ outline, report: shown, cut, shortened }: Made): FittedReport => ({
    outline,
    outlineWith,
    report: shown,
    cut,
    shortened,
  });
  const richest = richestKinds(forms[0].maxBytes, tellsAll);
  const frame = frameFor(outlineMaker({ ...report, sections: [] }, options), (made) => fits(made, 1 / 4));
  let best: Made | undefined;
  searchRichest(kindSteps(richest), (kinds) => {
    const made = make({ ...frame, ...kinds });
    if (!fits(made)) return false;
    best = made;
    return true;
  });
  if (best) return fitted(best);
  const barest = frameSteps.at(-1) ?? frame;
  let last = make({ ...barest, ...richest });
  for (const kinds of ruleSteps(richest)) {
    last = make({ ...barest, ...kinds });
    if (fits(last)) return fitted(last);
  }
  return fitted(last);
}

/** In: what makes the outline of a report without kinds. */
function frameFor(make: (limits: Limits) => Made, fits: (made: Made) => boolean): FrameLimits {
  const kinds = richestKinds(0, false);
  const [first, ...further] = frameSteps;
  if (first === undefined) throw new Error("bug: no frame");
  return [first, ...further].find((frame) => fits(make({ ...frame, ...kinds }))) ?? further.at(-1) ?? first;
}

/** The first is tried first, since nearly always it fits; then by halves, since each step shows no more than the one before. */
function searchRichest<Step>(steps: readonly Step[], fits: (step: Step) => boolean): void {
  const [richest, ...others] = steps;
  if (richest === undefined || fits(richest)) return;
  let [low, high] = [0, others.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const step = others[middle];
    if (step !== undefined && fits(step)) high = middle;
    else low = middle + 1;
  }
}
