/**
 * Says what of a compound varies from line to line.
 * Promise: numbers, addresses, paths, hosts, mailboxes and identifiers are values; words, units of systemd and names of
 * errors say what happened, and stay.
 */
import type { Compound } from "./compounds.js";
import { backslash, dash, dot, slash, tilde } from "./bytes.js";
import { isDigit, isJoint } from "./compounds.js";
import { hashOf, hashOfBytes } from "./vocabulary.js";

export const word = 1;
/** A number alone, with a sign or a point. */
export const numeral = 2;
/** An address, a host or a mailbox. */
export const address = 3;
/** Any other value: a path, an identifier, a name with digits in it. */
export const value = 4;
/** Of systemd, with digits in it: "session-4.scope". Its words and its ending stay. */
export const numberedUnit = 5;
/** "1/FAILURE", "203/EXEC": a number whose name stays. */
export const namedNumber = 6;

export type CompoundKind =
  typeof word | typeof numeral | typeof address | typeof value | typeof numberedUnit | typeof namedNumber;

const unitEndings = hashesOf("service socket timer mount automount target slice scope device path swap");
/** Top-level domains of three letters and more, and of hosts that have no other. */
const domains = hashesOf(
  "com net org edu gov mil int info biz arpa local localdomain lan internal intranet corp localhost example invalid onion " +
    "cloud online site xyz club shop hosting download hier asia mobi",
);
/** Of two letters, those that are hardly ever the ending of a class or a file. */
const countryDomains = hashesOf(
  "de fr uk nl it es pl ru cn jp kr tw hk br ar au nz ca us eu at ch se no dk fi cz sk hu ro bg gr tr ua by kz il ir za " +
    "mx cl co pe ve sg my th vn ie pt be lu si hr lt lv ee in pk bd ga tk ml cf gq cc ws tv io",
);
/** What classes, buses and packages begin with, most general name first. */
const reversedDomains = hashesOf(
  "com org net edu gov io info app dev tv me co eu de fr uk nl it es pl ru cn jp kr us br",
);
const javaPackages = hashesOf("java javax sun jdk android dalvik");
/** Endings of names that say what went wrong, or that an application was told. */
const errorNames = /(?:Exception|Error|Failure|Throwable|Fault|Violation)$/;
const shortestHexWord = 8;

function hashesOf(words: string): ReadonlySet<number> {
  return new Set(words.split(" ").map(hashOf));
}

export function kindOfCompound(compound: Compound, bytes: Uint8Array): CompoundKind {
  if (compound.isRun) {
    if (compound.digits === 0) return isIdentifier(compound, bytes) ? value : word;
    return compound.letters === 0 ? numeral : value;
  }
  return compound.digits > 0 ? kindWithDigits(compound, bytes) : kindWithoutDigits(compound, bytes);
}

function kindWithDigits(compound: Compound, bytes: Uint8Array): CompoundKind {
  const { letters, dots, slashes, colons, ats } = compound;
  if (letters === 0) {
    if (dots === 3 || compound.isHexAddress || (dots === 3 && colons > 0)) return address;
    return numeral;
  }
  if (compound.isHexAddress) return address;
  if (dots > 0 && slashes === 0 && colons === 0 && endsIn(compound, bytes, unitEndings)) return numberedUnit;
  if (slashes === 1 && letters === compound.uppers && isNamedNumber(compound, bytes)) return namedNumber;
  if (ats === 1) return address;
  return dots > 0 && slashes === 0 ? address : value;
}

function kindWithoutDigits(compound: Compound, bytes: Uint8Array): CompoundKind {
  const { start, dots, slashes, backslashes, ats, colons, letters, end } = compound;
  const isPlain = letters === end - start;
  if (isPlain) return isIdentifier(compound, bytes) ? value : word;
  if (colons > 0) return value;
  if (slashes > 1 || backslashes > 1) return isSystemFile(compound, bytes) ? word : value;
  if (slashes === 1 && isRootedAt(bytes, start)) return value;
  if (ats > 0 && !isJoint(bytes[start] ?? 0) && !endsIn(compound, bytes, unitEndings)) return address;
  if (dots > 0 && slashes === 0 && isHost(compound, bytes)) return address;
  if (dots > 1 && isReversedName(compound, bytes)) return value;
  return word;
}

/** Eight letters of hexadecimal digits or more; a disk, "sda"; the interface "lo". */
function isIdentifier({ start, hexLetters, letters, hash, uppers }: Compound, bytes: Uint8Array): boolean {
  if (letters > 4) return hexLetters === letters && letters >= shortestHexWord;
  if (letters === 2) return hash === loopback && uppers === 0;
  if (letters < 3 || uppers > 0) return false;
  if (letters === 4) return isLongDisk(bytes, start);
  if (bytes[start + 1] !== letterD || noDisks.has(hash)) return false;
  const bus = bytes[start] ?? 0;
  return bus === letterS || bus === letterH || bus === letterV;
}

/** "xvda", "sdaa". */
function isLongDisk(bytes: Uint8Array, start: number): boolean {
  if (bytes[start] === letterX) return bytes[start + 1] === letterV && bytes[start + 2] === letterD;
  const third = bytes[start + 2] ?? 0;
  return bytes[start] === letterS && bytes[start + 1] === letterD && third >= 0x61 && third <= letterD;
}

const firstCapital = 0x41;
const loopback = hashOf("lo");
const noDisks = hashesOf("sdk hdr hdd hdl vdi vds");
const letterD = 0x64;
const letterH = 0x68;
const letterS = 0x73;
const letterV = 0x76;
const letterX = 0x78;

/** "/etc/shadow": a file of the system itself says what it is about; those of its directories are many. */
function isSystemFile({ start, end, slashes }: Compound, bytes: Uint8Array): boolean {
  if (slashes !== 2 || end - start < 6) return false;
  for (let index = 0; index < 5; index += 1) if (bytes[start + index] !== etc[index]) return false;
  return true;
}

const etc = Buffer.from("/etc/");

/** "/etc", "./x", "~/x", "\x": begins at the root, here or at home. */
function isRootedAt(bytes: Uint8Array, start: number): boolean {
  for (let index = start; ; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === slash || byte === backslash) return true;
    if (byte !== dot && byte !== tilde) return false;
  }
}

/** Whether the part after the last dot is one of these. */
function endsIn({ lastDot, end }: Compound, bytes: Uint8Array, endings: ReadonlySet<number>): boolean {
  return lastDot > 0 && endings.has(hashOfBytes(bytes, lastDot + 1, end));
}

function isHost(compound: Compound, bytes: Uint8Array): boolean {
  const { start, dots, uppers } = compound;
  if (uppers > 0 || !endsWithDomain(compound, bytes)) return false;
  const first = hashOfBytes(bytes, start, firstDot(bytes, start));
  return !reversedDomains.has(first) && !javaPackages.has(first) && dots > 0;
}

function endsWithDomain(compound: Compound, bytes: Uint8Array): boolean {
  if (endsIn(compound, bytes, domains)) return true;
  return compound.dots > 1 && endsIn(compound, bytes, countryDomains);
}

function firstDot(bytes: Uint8Array, start: number): number {
  let index = start;
  while (bytes[index] !== dot) index += 1;
  return index;
}

/** "com.example.Daemon", but not "org.example.SomeError": what a program is called, not what it says. */
function isReversedName({ start, end }: Compound, bytes: Uint8Array): boolean {
  if (!reversedDomains.has(hashOfBytes(bytes, start, firstDot(bytes, start)))) return false;
  return !errorNames.test(Buffer.from(bytes.subarray(Math.max(start, end - 12), end)).toString("latin1"));
}

/** Digits, a slash and capital letters. */
function isNamedNumber({ start, end }: Compound, bytes: Uint8Array): boolean {
  let index = start;
  while (index < end && isDigit(bytes[index] ?? 0)) index += 1;
  if (index === start || bytes[index] !== slash) return false;
  for (index += 1; index < end; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte < firstCapital && byte !== dash) return false;
  }
  return true;
}
