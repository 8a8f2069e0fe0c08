/**
 * The first words of a mail, and what mail programs show after the subject.
 * Promise: titles, counts and typed values only. They add what the subject cannot tell: when, where from, what then.
 */
import type { Session } from "../../../group/login-counts.js";
import type { Words } from "../../../std/text/byte-string.js";
import type { Notice } from "../../../std/notice.js";
import type { PackageChange } from "../../../sources/package-changes.js";
import type { BootComparison } from "../../document.js";
import { countOf, formatCount, formatTime } from "../../render/wording.js";
import { countWords } from "./counts.js";
import { valueWords } from "../kind/kinds.js";
import type { Verdict } from "../outline.js";
import type { OutlineKind, Phrase } from "../parts.js";
import { quotedName } from "../kind/quoted.js";
import { wordsOf } from "./logins.js";
import { partsOf, titleOf, type Told } from "./subject.js";
import { spanWords, timeWords } from "../kind/wording.js";

export interface VerdictContext extends Told {
  readonly to: Date;
  /** What was computed of the worst kind; may be empty. */
  readonly lead: Words;
  readonly packages: readonly PackageChange[];
  /** Of sources that are read for the first time. */
  readonly firstRuns: readonly Notice[];
  readonly boot: BootComparison | undefined;
  /** What had far more lines than usual. */
  readonly volume: Phrase | undefined;
}

export function verdictOf(context: VerdictContext): Verdict {
  const { urgency, kinds, counts, to, lead, packages, boot } = context;
  const worst = kinds[0];
  const isTitled = worst?.title !== undefined || urgency === "alarm";
  const notes = [
    ...(boot ? [[bootNote(boot, to)]] : []),
    ...(context.firstRuns.length > 0 ? [firstRunNote(context.firstRuns)] : []),
    ...(packages.length > 0 ? [packageNote(context)] : []),
    ...(context.volume ? [context.volume] : []),
  ];
  if (urgency === "alarm" && worst) {
    const more =
      counts.alarms > 1 ? [countOf(counts.alarms - 1, "more kind", "more kinds") + " of alarm"] : [];
    const rest = [...more, ...countWords(counts)];
    return {
      title: titleOf(worst),
      facts: factsOf(worst, to),
      lead,
      rest: rest.length > 0 ? sentence(rest) : "",
      notes,
    };
  }
  if (urgency === "digest") {
    const nothing = counts.alarms + counts.violations + counts.fresh + counts.others === 0;
    // What could not be seen makes a day none that is known to be quiet.
    const quiet = nothing && counts.notSeen === 0;
    const [first = "", ...further] = partsOf(context);
    const told = [first.replace(/^day/, "Day"), ...further].join(", ");
    const sentences = [
      ...(nothing && !quiet ? ["No alarm, no violation, no new kind."] : []),
      ...(counts.known > 0 ? [sentence([countOf(counts.known, "known kind")])] : []),
    ];
    return {
      title: quiet ? "Quiet: no alarm, no violation, no new kind" : told,
      facts: "",
      lead,
      rest: sentences.join(" "),
      notes,
    };
  }
  const words = countWords(counts);
  const rest = `No alarm.${words.length > 0 ? ` ${sentence(words)}` : ""}`;
  const { intrusion } = context;
  if (intrusion?.before) {
    const { address, user } = wordsOf(intrusion);
    return {
      title: `Let in after ${formatCount(intrusion.before.attempts)} refusals by ssh`,
      facts: `${timeWords(intrusion.atMs, to)} from ${address}, as ${user}`,
      lead: "",
      rest,
      notes,
    };
  }
  if (worst && isTitled) {
    const mark = worst.novelty === "new" ? "New: " : worst.layer === "violation" ? "Violation: " : "";
    return { title: mark + titleOf(worst), facts: factsOf(worst, to), lead, rest, notes };
  }
  const title = words.length > 0 ? words.join(", ") : "Quiet: no alarm, no violation, no new kind";
  return { title, facts: "", lead, rest: words.length > 0 ? "No alarm." : "", notes };
}

/** "00:52:08 from 203.0.113.200"; the value that is no address stands before the time. */
function factsOf({ firstMs, lastMs, values }: OutlineKind, to: Date): Words {
  const time = firstMs === undefined || lastMs === undefined ? "" : spanWords(firstMs, lastMs, to);
  const address = values.find(({ by }) => by === "address");
  if (address) return [time, valueWords(address)].filter((part) => part !== "").join(" ");
  return [...values.map(valueWords), time].filter((part) => part !== "").join(", ");
}

function sentence(parts: readonly Words[]): Words {
  return `${parts.join(", ")}.`;
}

/** "Booted at 10:30:30: as at the boots before, but 3 kinds new, 1 missing." */
function bootNote({ atMs, boots, kinds, fresh, missing = 0 }: BootComparison, to: Date): Words {
  const when = `Booted ${boots > 1 ? `${formatCount(boots)} times, last ` : ""}at ${timeWords(atMs, to)}`;
  if (fresh === kinds && kinds > 0) return `${when}: ${countOf(kinds, "kind")}, all of them new.`;
  const changes = [
    ...(fresh > 0 ? [`${countOf(fresh, "kind")} new`] : []),
    ...(missing > 0 ? [`${formatCount(missing)} missing`] : []),
  ];
  return `${when}: as at the boots before${changes.length > 0 ? `, but ${changes.join(", ")}` : ""}.`;
}

/** "This is the first run on /var/log/syslog: reading from 24 hours ago, and on 3 more." */
function firstRunNote([first, ...others]: readonly Notice[]): Phrase {
  const { where = "", done = "" } = first ?? {};
  const rest = others.length > 0 ? `, and on ${formatCount(others.length)} more.` : ".";
  return ["This is the first run on ", quotedName(where, 80), ": ", quotedName(done, 120), rest];
}

const maxPackages = 3;

/** "3 packages changed, the last at 06:12:04: installed a 1, removed b 2, upgraded c 1 to 2. 12 new kinds came after the first." */
function packageNote({ packages, kinds, to }: VerdictContext): Phrase {
  // What is new first, then what is gone.
  const named = (["installed", "removed", "upgraded"] as const).flatMap((action) =>
    packages.filter((change) => change.action === action),
  );
  const parts = named.slice(0, maxPackages).flatMap(({ action, name, from = "", to = "" }, index): Phrase => {
    const version = action === "upgraded" ? `${from} to ${to}` : to === "" ? from : to;
    return [`${index > 0 ? ", " : ""}${action} `, quotedName(`${name} ${version}`, 80)];
  });
  const rest = packages.length - maxPackages;
  const times = packages.map(({ atMs }) => atMs);
  const last = timeWords(Math.max(...times), to);
  const start =
    packages.length === 1
      ? `1 package changed at ${last}: `
      : `${formatCount(packages.length)} packages changed, the last at ${last}: `;
  const end = rest > 0 ? `, ${formatCount(rest)} more.` : ".";
  const after = kinds.filter(
    ({ novelty, firstMs = 0 }) => novelty === "new" && firstMs >= Math.min(...times),
  );
  const since = packages.length === 1 ? "it" : "the first of them";
  return [
    start,
    ...parts,
    after.length === 0 ? end : `${end} ${countOf(after.length, "new kind")} came after ${since}.`,
  ];
}

const maxPreheader = 130;
const maxThen = 3;

/** "00:52 from 203.0.113.200 after 118 refused tries. Then: new user with UID 0, www-data ran wget." */
export function preheaderOf(context: VerdictContext): Words {
  const { urgency, kinds, intrusion } = context;
  const titled = kinds.filter(({ title, layer }) => title !== undefined || layer === "never");
  const [worst, ...further] = titled;
  const intruded =
    intrusion && urgency !== "alarm" && urgency !== "digest" ? intrusionStart(intrusion) : undefined;
  const start =
    intruded ?? (worst ? startOf(worst, context, urgency === "alarm") : sentence(partsOf(context)));
  let text = start;
  const seen = new Set([worst && titleOf(worst)]);
  for (const [index, title] of [...new Set(further.map(titleOf))]
    .filter((title) => !seen.has(title))
    .slice(0, maxThen)
    .entries()) {
    const longer = `${text}${index === 0 ? " Then: " : ", "}${title}`;
    if (longer.length >= maxPreheader) break;
    text = longer;
  }
  return text.length > start.length ? `${text}.` : text.slice(0, maxPreheader);
}

/** "00:52 203.0.113.200 let in as alice after 118 refusals." */
function intrusionStart(session: Session): Words {
  const { address, user } = wordsOf(session);
  const time = formatTime(new Date(session.atMs)).slice(0, 5);
  return `${time} ${address} let in as ${user} after ${formatCount(session.before?.attempts ?? 0)} refusals.`;
}

function startOf(worst: OutlineKind, { lead }: VerdictContext, isAlarm: boolean): Words {
  const { firstMs, values } = worst;
  const time = firstMs === undefined ? "" : formatTime(new Date(firstMs)).slice(0, 5);
  const of = values.map(valueWords).join(", ");
  const what = isAlarm && (time !== "" || of !== "") ? [time, of] : [time, titleOf(worst), of];
  const text = what.filter((part) => part !== "").join(" ");
  return lead === "" ? `${text}.` : `${text}. ${lead}`;
}
