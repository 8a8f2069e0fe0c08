/**
 * Reads the values of directives.
 * Promise: each is refused or means one thing; a refusal says what the directive takes.
 */
import { isIP } from "../../std/ip-address.js";
import { fields } from "../../entry/fields.js";
import type { Text } from "../../std/text/byte-string.js";
import { parseDuration } from "../../std/duration.js";

/** So many lines within so long. */
export interface Rate {
  readonly count: number;
  readonly periodMs: number;
}

/** One text of a line by which it is known again: what a group of the rule matched. */
export interface KeyPart {
  /** From 1. */
  readonly group: number;
  /** "exact": as it stands. "masked": what merely varies, such as digits, left out. "network": the address's /16 or /32. */
  readonly form: KeyForm;
}

const keyForms = ["exact", "masked", "network"] as const;
export type KeyForm = (typeof keyForms)[number];

const allCircumstances = ["boot", "shutdown", "suspend", "packages"] as const;
/** What explains an alarm. */
export type Circumstance = (typeof allCircumstances)[number];

export function isCircumstance(value: unknown): value is Circumstance {
  return allCircumstances.some((circumstance) => circumstance === value);
}

/** All addresses that begin with the same bits. */
export interface Network {
  /** As written. */
  readonly address: string;
  readonly family: "ipv4" | "ipv6";
  readonly prefixBits: number;
}

const allTallied = ["packets", ...fields, "country"] as const;
/** "packets": by port and by network, where the line is about a packet. */
export type Tallied = (typeof allTallied)[number];

const allSuspected = ["address"] as const;
/** What a suspect is known by. */
export type Suspected = (typeof allSuspected)[number];

/** Worst first. */
export const bands = ["break-in", "damage", "other"] as const;
/** How bad it is, worst first. */
export type Band = (typeof bands)[number];

export function isBand(value: unknown): value is Band {
  return bands.some((name) => name === value);
}

const allShown = ["address", "user", "unit", "device", "port"] as const;
export type Shown = (typeof allShown)[number];

export function isShown(value: unknown): value is Shown {
  return allShown.some((name) => name === value);
}

type Read<Value> = { readonly value: Value } | { readonly takes: string };

/** A day of the calendar, as it is written. */
export function day(written: Text): Read<Text> {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(written) && isInCalendar(written);
  return isDay ? { value: written } : { takes: 'a day such as "2027-01-31"' };
}

function isInCalendar(written: Text): boolean {
  const parsed = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(written);
}

/** The units of rates, and how long they are in ms. */
export const ratePeriods: readonly (readonly [string, number])[] = [
  ["min", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
];

/** "20/h": at least 1, at most a million. */
export function rate(written: Text): Read<Rate> {
  const [, count = "", period = ""] = /^([1-9]\d{0,5}|1000000)\/([a-z]+)$/.exec(written) ?? [];
  const [, periodMs] = ratePeriods.find(([unit]) => unit === period) ?? [];
  if (periodMs === undefined)
    return { takes: 'a number of lines and a time, such as "20/h", "5/min" or "100/d"' };
  return { value: { count: Number(count), periodMs } };
}

/** "\1,\2:masked". */
export function groups(written: Text): Read<readonly KeyPart[]> {
  const parts = written.split(",").map((part): KeyPart | undefined => {
    const [, group, form = "exact"] = /^\\([1-9]\d?)(?::([a-z]+))?$/.exec(part) ?? [];
    const known = keyForms.find((name) => name === form);
    return group !== undefined && known ? { group: Number(group), form: known } : undefined;
  });
  const read = parts.filter((part) => part !== undefined);
  if (read.length === parts.length && read.length <= mostParts) return { value: read };
  return { takes: String.raw`up to ${mostParts} groups such as "\1,\2:masked,\3:network"` };
}

const mostParts = 9;

/** A word that stands for a family of keys. */
export function name(written: Text): Read<Text> {
  return /^[a-z][a-z0-9-]{1,39}$/.test(written)
    ? { value: written }
    : { takes: 'a name such as "cron-command": small letters, digits and "-"' };
}

/** A day or more. Out: ms. */
export function duration(written: Text): Read<number> {
  const parsed = parseDuration(written);
  if (parsed.ok && parsed.value >= dayMs && parsed.value <= longestMs) return { value: parsed.value };
  return { takes: 'a time from "1d" to "400d", such as "90d"' };
}

const dayMs = 86_400_000;
const longestMs = 400 * dayMs;

/** "192.0.2.0/24,2001:db8::/32,198.51.100.7". */
export function addresses(written: Text): Read<readonly Network[]> {
  const networks = written.split(",").map(networkOf);
  const read = networks.filter((network) => network !== undefined);
  return read.length === networks.length
    ? { value: read }
    : { takes: 'addresses and networks such as "192.0.2.0/24,2001:db8::/32"' };
}

function networkOf(written: Text): Network | undefined {
  const [, address = "", bits] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(written) ?? [];
  const version = isIP(address);
  const longest = version === 4 ? 32 : 128;
  const prefixBits = bits === undefined ? longest : Number(bits);
  if (version === 0 || prefixBits > longest) return undefined;
  return { address, family: version === 4 ? "ipv4" : "ipv6", prefixBits };
}

/** "US,CA": ISO 3166-1 alpha-2. */
export function countries(written: Text): Read<readonly Text[]> {
  const codes = written.split(",");
  return codes.every((code) => /^[A-Z]{2}$/.test(code))
    ? { value: codes }
    : { takes: 'codes of two letters such as "US,CA"' };
}

/** 3 to 40 printable characters of ASCII; "{2}" stands for a group of the rule. */
export function title(written: Text): Read<Text> {
  return /^[ -~]{3,40}$/.test(written)
    ? { value: written }
    : { takes: "3 to 40 printable characters of ASCII" };
}

/** "violations.d/kernel", "/etc/logcheck/violations.d/kernel". */
export function ruleFileName(written: Text): Read<Text> {
  return /^\/?([\w.-]+\/)*[A-Za-z0-9_-]+$/.test(written)
    ? { value: written }
    : { takes: 'the name of a rule file, such as "kernel" or "violations.d/kernel"' };
}

/** "overlap,attacker-field". */
export function kinds(written: Text): Read<readonly Text[]> {
  const names = written.split(",");
  return names.every((word) => /^[a-z][a-z-]*$/.test(word))
    ? { value: names }
    : { takes: 'kinds of findings such as "overlap,attacker-field"' };
}

/** Words for people. */
export function text(written: Text): Read<Text> {
  return written.trim() === "" ? { takes: "some words" } : { value: written };
}

export const circumstances = listOf(allCircumstances);
export const suspected = listOf(allSuspected);
export const tallied = listOf(allTallied);
export const shownValues = listOf(allShown);

export function band(written: Text): Read<Band> {
  const found = bands.find((name) => name === written);
  return found ? { value: found } : { takes: quoted(bands) };
}

/** Reads names of a set, with commas between them. Out: each once. */
function listOf<Name extends string>(names: readonly Name[]): (written: Text) => Read<readonly Name[]> {
  return (written) => {
    const found = written.split(",").map((word) => names.find((name) => name === word));
    const read = found.filter((name) => name !== undefined);
    return read.length === found.length ? { value: [...new Set(read)] } : { takes: quoted(names) };
  };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
