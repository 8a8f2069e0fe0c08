/**
 * What a mail says, in the order in which it is read. Each form (text, HTML, terminal) only sets it.
 * Promise: what comes from a log, a path or a rule file is `Quoted`, printable by now, and stands in no subject and no
 * heading. `Words` are our own. All counts are of kinds where nothing else is said.
 */
import type { NoticeAbout } from "../../std/notice.js";
import type { Words } from "../../std/text/byte-string.js";
import type { OutlineKind, Phrase, Quoted } from "./parts.js";
import type { Evidence } from "./kind/evidence.js";

/** Why the mail goes: "blind" where all it says is what could not be seen. */
export type Urgency = "alarm" | "news" | "digest" | "blind";

export interface Outline {
  readonly urgency: Urgency;
  /** The first label of the host's name. */
  readonly host: Words;
  /** The whole name. */
  readonly hostname: Words;
  /** Four hexadecimal digits. */
  readonly reportId: Words;
  readonly period: Period;
  readonly counts: Counts;
  /** At most 70 characters of ASCII. */
  readonly subject: Words;
  /** What mail programs show after the subject; at most 130 characters. */
  readonly preheader: Words;
  readonly verdict: Verdict;
  /** "ALARMS": a row for each kind of alarm, whatever else is left out. */
  readonly alarmRows: AlarmRows;
  /** "NOT SEEN": what the report cannot tell of. */
  readonly notSeen: Listed<NotSeen>;
  /** "IN ORDER, all sources": where there are two alarms or more. */
  readonly timeline: Listed<Happening>;
  /** "THE ALARMS": their lines, and what stood around them. */
  readonly alarms: KindSection;
  /** "WORTH A LOOK": violations and what is new. */
  readonly look: KindSection;
  /** "BY PROGRAM": where too many kinds are new to be looked at one by one. */
  readonly byProgram: Listed<ProgramRow>;
  /** "KNOWN": no lines, only what they have in common. */
  readonly known: KindSection;
  /** "KNOWN ON THIS HOST FROM NOW ON": what was learnt. Left out where it was told before. */
  readonly inventory?: Inventory;
  /** "LOGINS". Left out where none was refused, and nobody was let in after it. */
  readonly logins?: Logins;
  /** "VOLUME, lines an hour". */
  readonly volume: Listed<VolumeRow>;
  /** "IGNORED": lines by rule file, and by what rules count them. */
  readonly ignored: readonly IgnoredRow[];
  readonly ledger: Ledger;
  readonly actions: Actions;
  /** Sentences. */
  readonly closing: readonly Words[];
}

export interface Period {
  /** Left out: no run ended well before this one. */
  readonly from?: Date;
  readonly to: Date;
  /** "Sun 22 Nov, 00:00 to 01:00 UTC". */
  readonly words: Words;
}

export interface Counts {
  readonly alarms: number;
  readonly violations: number;
  /** Of the remainder. Where nothing is remembered of kinds, `others` has them. */
  readonly fresh: number;
  readonly known: number;
  readonly others: number;
  /** What the report cannot tell of, all of it. */
  readonly notSeen: number;
  /** Of that, places by what is wrong with them. */
  readonly notSeenAbout: Readonly<Record<NoticeAbout | "other", number>>;
}

/** The answer to "must I get up?" */
export interface Verdict {
  /** "root logged in by password"; "No alarm", of a quiet day "Quiet: no alarm, no violation, no new kind". */
  readonly title: Words;
  /** "00:52:08 from 203.0.113.200"; may be empty. */
  readonly facts: Words;
  /** "After 118 refused tries from there."; may be empty. */
  readonly lead: Words;
  /** "4 more kinds of alarm, 1 violation, 1 new kind, 3 known kinds." */
  readonly rest: Words;
  /** Packages that came since the last run, and the like: a sentence each. */
  readonly notes: readonly Phrase[];
}

/** Rows, and what is said of those that found no room. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  /** "and 8 more". Left out: all are there. */
  readonly more?: Words;
}

/** `more` is about rules that have no row. */
export interface AlarmRows extends Listed<OutlineKind> {
  /**
   * Where kinds are more than 40: a row for each rule that raised one, for forms without room for a row of each kind. Where
   * kinds are too many for any form, `rows` is empty.
   */
  readonly rules: readonly RuleRow[];
}

/** The kinds of a rule that are not shown one by one. */
export interface RuleRow {
  /** "www-data ran wget", or Quoted "never.d/acct:12" where the rule has no title. */
  readonly name: Phrase;
  /** "212 kinds, x4,310". */
  readonly facts: Words;
}

export interface KindSection extends Listed<KindBlock> {
  /** All of them, also those without a row. */
  readonly kinds: number;
  readonly lines: number;
}

/** A kind, and what is shown of its lines. */
export interface KindBlock extends OutlineKind {
  /** Sentences that were computed, such as "203.0.113.200 was refused 118 times before". */
  readonly leads: readonly Words[];
  /** What its lines are counted by, such as packets by port: "by port: 22/TCP 310, 40 more 90". */
  readonly tallies?: readonly Phrase[];
  /** In the order of time. None where only the kind is told. */
  readonly evidence: readonly Evidence[];
}

/** One row each: what, and sentences about it. */
export interface NotSeen {
  readonly what: Phrase;
  readonly details: readonly Phrase[];
}

export interface Happening {
  /** "00:52:08". */
  readonly time: Words;
  /** Left out: it is no kind of the report. */
  readonly id?: Words;
  readonly what: Words;
}

export interface ProgramRow {
  /** Left out: all further programs, whose number `facts` has. */
  readonly program?: Quoted;
  readonly facts: Words;
}

export interface Inventory {
  readonly keyCount: number;
  readonly families: readonly { readonly family: Quoted; readonly keys: readonly Quoted[] }[];
  readonly more?: Words;
}

export interface Logins {
  /** "Refused ssh logins: 3,204 from 41 addresses, 1 let in. Usually 64 an hour." */
  readonly sentence: Words;
  /** "203.0.113.200 was refused 118 times, then let in as root at 00:52:08.": at most five, the worst first. */
  readonly letIn: readonly Words[];
  /** The worst addresses, the one that got in first. None where there is nothing to look at. */
  readonly addresses: Listed<LoginRow>;
  /** "as root 2,611, admin 322, 29 more 131"; names are those that were tried. */
  readonly users?: Phrase;
}

export interface LoginRow {
  readonly address: Words;
  readonly count: number;
  /** "00:52:08", where it was let in. */
  readonly letInAt?: Words;
  /** Country and owner of the address's network. */
  readonly note?: Quoted;
}

/** What had far more lines in an hour than in any of four weeks. */
export interface VolumeRow {
  /** A source's name; of ignored lines, what they have in common, with "*" for what varies. */
  readonly what: Quoted;
  /** "x38"; "new" where there were none. */
  readonly change: Words;
  /** An hour. */
  readonly lines: number;
  /** In any hour of four weeks before. */
  readonly most: number;
  /** "04:02:00": when the run was that read them. */
  readonly at: Words;
}

export interface IgnoredRow {
  /** "firewall". Left out, together with `by`: the row of all files, whose names and lines `counts` has. */
  readonly file?: Quoted;
  /** "by port". */
  readonly by?: Words;
  /** "22/TCP 310, 23/TCP 12, 40 more 90". */
  readonly counts: Phrase;
}

export interface Ledger {
  /** "read = ignored + reported + counted": the columns, as far as any line is in them. */
  readonly columns: readonly Words[];
  readonly rows: readonly LedgerLine[];
  /** Where there are several rows. */
  readonly total?: LedgerLine;
  /** "1 line repeats an event ..."; where the report file is. */
  readonly notes: readonly Phrase[];
}

export interface LedgerLine {
  /** A source's shortest name that tells it from the others, "9 more", "all". */
  readonly name: Phrase;
  /** As many as there are columns. */
  readonly figures: readonly number[];
}

export interface Actions {
  /** "On web1, as logwinnow:". */
  readonly heading: Words;
  /** At most four; only commands that this program has. */
  readonly rows: readonly Action[];
}

export interface Action {
  /** "logwinnow show a81c". */
  readonly command: Words;
  /** "what is known of it, and all its lines". */
  readonly does: Words;
}
