/**
 * Makes the outline of a report: what its mail says, in the order in which it is read.
 * Promise: the same report and the same limits give the same outline; each kind is shown or counted.
 */
import { createHash } from "node:crypto";
import { shortHostName } from "../../std/host-name.js";
import type { Text, Words } from "../../std/text/byte-string.js";
import { isUngrouped, type Group } from "../../group/group.js";
import type { Report } from "../document.js";
import { accountFor, type Account } from "../account.js";
import { actionsOf, type IdCommand } from "./sections/actions.js";
import { countsOf, urgencyOf } from "./summary/counts.js";
import { inventoryOf } from "./sections/inventory.js";
import {
  alarmRowsOf,
  alarmSectionOf,
  byProgramOf,
  knownSectionOf,
  lookSectionOf,
  type RankedKind,
} from "./sections/kind-sections.js";
import { kindOf } from "./kind/kinds.js";
import { leadsOf } from "./summary/leads.js";
import { ledgerOf } from "./summary/ledger.js";
import { richestLimits, type Limits } from "./limits.js";
import { notSeenOf } from "./sections/not-seen.js";
import { ranked } from "./sections/order.js";
import type { ShownLine } from "./kind/evidence.js";
import type { KindSection, Outline } from "./outline.js";
import type { OutlineKind } from "./parts.js";
import { shortIds } from "./sections/ids.js";
import { subjectOf } from "./summary/subject.js";
import { loginsOf, worstIntrusion } from "./summary/logins.js";
import { ignoredOf } from "./summary/tallied.js";
import { timelineOf } from "./summary/timeline.js";
import { volumeNote, volumeOf } from "./summary/volume.js";
import { preheaderOf, verdictOf } from "./summary/verdict.js";
import { periodWords } from "./kind/wording.js";

export interface OutlineOptions {
  readonly limits?: Limits;
  /** The commands on ids that this program has. */
  readonly commands?: ReadonlySet<IdCommand>;
  /** Who is to give them. Left out: root. */
  readonly user?: Text;
}

/** An outline, and the account of the lines that it shows. */
export interface Made extends Account {
  readonly outline: Outline;
}

/** In: a report whose ledger counts as reported all samples that are not in the report file. */
export function outlineOf(report: Report, options: OutlineOptions = {}): Outline {
  return outlineMaker(report, options)(options.limits ?? richestLimits).outline;
}

/** Makes outlines of one report within different limits; what does not depend on them is done once. */
export function outlineMaker(
  report: Report,
  options: Pick<OutlineOptions, "commands" | "user">,
): (limits: Limits) => Made {
  const { commands = new Set(), user = "root" } = options;
  const { hostname, from, to, tallies, reportFiles, packages = [], boot, around, volume = [] } = report;
  const sources = report.ledger.map(({ source }) => source);
  const volumeWithin = (limits: Limits): Outline["volume"] => volumeOf(volume, { to, sources }, limits);
  // That a source is read for the first time is told at the top: nothing is missing.
  const firstRuns = report.notices.filter(({ what }) => what === firstRun);
  const notices = report.notices.filter(({ what }) => what !== firstRun);
  const all = rankedKinds(report);
  const kinds = all.map(({ kind }) => kind);
  const isKnown = ({ layer, novelty }: OutlineKind): boolean =>
    layer === "remainder" && (novelty === "known" || novelty === "acked");
  const alarms = all.filter(({ kind }) => kind.layer === "never");
  const look = all.filter(({ kind }) => kind.layer !== "never" && !isKnown(kind));
  const known = all.filter(({ kind }) => isKnown(kind));
  const leads = (kind: OutlineKind): readonly Words[] => leadsOf(kind, { kinds, logins: report.logins, to });
  const name: Words = hostname.replaceAll(/[^A-Za-z0-9._-]/g, "?").slice(0, maxHostName);
  const host: Words = shortHostName(name).slice(0, maxLabel);
  const counts = countsOf(kinds, notices);
  const urgency = report.isDigest ? "digest" : urgencyOf(kinds, notices.length);
  const told = { urgency, host, kinds, counts, intrusion: worstIntrusion(report.logins) };
  const [worst] = kinds;
  const lead = (worst && leads(worst)[0]) ?? "";
  const volumeAtTop = volumeNote(volumeWithin(richestLimits));
  const first = { ...told, to, lead, packages, boot, firstRuns, volume: volumeAtTop };
  const reportId = reportIdOf(report);
  const logins = loginsOf(report.logins, { to, ...(from && { from }) });
  const context = { hostname, to, ...(around && { around }) };
  const head = {
    urgency,
    host,
    hostname: name,
    reportId,
    period: { ...(from && { from }), to, words: periodWords(from, to) },
    counts,
    subject: subjectOf(told),
    preheader: preheaderOf(first),
    verdict: verdictOf(first),
    timeline: timelineOf(kinds, report.logins, to),
    ...(logins && { logins }),
    closing: [
      `logwinnow on ${host}, report ${reportId}.`,
      ...(urgency === "digest" ? [`If this mail does not come when it should, look at ${host}.`] : []),
    ],
  };
  return (limits) => {
    const alarmRows = alarmRowsOf(alarms, limits);
    const alarmSection = alarmSectionOf(alarms, limits, context, leads);
    const lookSection = lookSectionOf(look, limits, context, leads);
    const knownSection = knownSectionOf(known, limits, context);
    const account = accountFor(report, linesOf(alarmSection, lookSection, knownSection));
    const inventory = inventoryOf(report.inventory, limits);
    const [first] = all;
    const worstId = first && !isUngrouped(first.group) && { worstId: first.kind.id };
    const outline: Outline = {
      ...head,
      alarmRows,
      notSeen: notSeenOf(notices, limits),
      alarms: alarmSection,
      look: lookSection,
      byProgram: byProgramOf(look, limits),
      known: knownSection,
      ...(inventory && { inventory }),
      volume: volumeWithin(limits),
      ignored: ignoredOf(tallies, limits),
      ledger: ledgerOf(account.report, account.shownCut, limits),
      actions: actionsOf({
        user,
        urgency,
        host,
        reportId,
        counts,
        alarmRows,
        commands,
        reportFiles,
        ...worstId,
        isWorstRaised: worst !== undefined && worst.layer !== "remainder",
      }),
    };
    return { ...account, outline };
  };
}

function linesOf(...sections: readonly KindSection[]): readonly ShownLine[] {
  return sections.flatMap(({ rows }) =>
    rows.flatMap(({ evidence }) => evidence.filter((part) => part.kind === "line")),
  );
}

/** What sources say that have no position yet. */
const firstRun = "first run";

/** RFC 1035 2.3.4. */
const maxHostName = 253;
const maxLabel = 63;

/** All kinds of a report, the worst first. */
function rankedKinds({
  sections,
  from,
  to,
  remembersKinds,
  brought,
  addresses,
}: Report): readonly RankedKind[] {
  const groups = sections.flatMap((section) => section.groups);
  const ids = shortIds(groups.flatMap(({ kind }) => kind ?? []));
  const known = { ...(remembersKinds && { remembersKinds }), ...(brought && { brought }) };
  const context = { ids, to, ...(from && { from }), ...known, ...(addresses && { addresses }) };
  const groupOf = new Map<OutlineKind, Group>();
  for (const group of groups) groupOf.set(kindOf(group, context), group);
  return ranked([...groupOf.keys()]).flatMap((kind) => {
    const group = groupOf.get(kind);
    return group ? [{ group, kind }] : [];
  });
}

/** Four digits, the same whenever the mail of this report is made. */
function reportIdOf({ hostname, from, to }: Report): Words {
  const text = `${hostname}\n${from?.toISOString() ?? ""}\n${to.toISOString()}`;
  return createHash("sha256").update(text).digest("hex").slice(0, 4);
}
