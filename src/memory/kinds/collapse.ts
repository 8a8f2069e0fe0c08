/**
 * Finds kinds that differ in one word, which masks could not know to vary.
 * Promise: only kinds that no rule decides take part, and none of a program whose words are the news. What is found makes
 * kinds known, and hides none.
 */
import { kindId } from "../../group/kind.js";
import type { ByteString } from "../../std/text/byte-string.js";

/** So many kinds that are new on one day. */
const fewest = 10;
/** Words of a line that may be the one; the first is the program. */
const mostWords = 24;
/** A longer shape may differ where it is not remembered. */
export const longestShape = 160;

/** Their commands, units, users and keys are what would be news. */
const ownWords = new Set(
  (
    "cron CRON crond crontab anacron run-parts atd systemd systemd-logind sudo su su-l doas pkexec polkitd " +
    "sshd sshd-session sshd-auth login dovecot useradd usermod userdel groupadd groupmod groupdel passwd chage gpasswd " +
    "chpasswd chsh chfn newusers visudo audit auditd kauditd acct dpkg apt"
  ).split(" "),
);

/** The program that a shape is of; empty where its lines name none. */
export function programOf(shape: ByteString): ByteString {
  const end = shape.indexOf(": ");
  return end < 0 ? "" : shape.slice(0, end);
}

function takesPart(shape: ByteString): boolean {
  return (
    shape.length < longestShape &&
    !ownWords.has(programOf(shape)) &&
    !/pam_|COMMAND=|CMD|usb|module/.test(shape)
  );
}

/** A shape with one word left open. */
export interface OpenShape {
  /** As of a kind. No kind of lines has it: the open word is a control byte. */
  readonly id: string;
  readonly shape: ByteString;
}

/** All the shapes with one word open that a shape fits. Empty where it takes no part. */
export function openShapes(shape: ByteString): readonly OpenShape[] {
  if (!takesPart(shape)) return [];
  const words = shape.split(" ");
  const isOpenable = (index: number): boolean =>
    index > 0 && index < mostWords && /[A-Za-z0-9]/.test(words[index] ?? "");
  return words.flatMap((_, index) => {
    if (!isOpenable(index)) return [];
    const withWord = (word: string): string => words.with(index, word).join(" ");
    return [{ id: kindId("remainder", undefined, withWord("\u0001")), shape: withWord("*") }];
  });
}

/** Some kinds, and the shape with an open word that all of them fit. */
export interface Collapsed extends OpenShape {
  /** Their ids. */
  readonly members: readonly string[];
}

/** In: kinds that were first seen on one day, shapes by id. Out: those to be one kind from now on; none in two of them. */
export function collapsed(kinds: ReadonlyMap<string, ByteString>): readonly Collapsed[] {
  if (kinds.size < fewest) return [];
  const byShape = new Map<string, OpenShape & { readonly members: string[] }>();
  for (const [kind, shape] of kinds)
    for (const open of openShapes(shape)) {
      const known = byShape.get(open.id);
      if (known) known.members.push(kind);
      else byShape.set(open.id, { ...open, members: [kind] });
    }
  const taken = new Set<string>();
  return [...byShape.values()]
    .filter(({ members }) => members.length >= fewest)
    .sort((one, other) => other.members.length - one.members.length)
    .flatMap(({ members, ...open }) => {
      const free = members.filter((kind) => !taken.has(kind));
      if (free.length < fewest) return [];
      for (const kind of free) taken.add(kind);
      return [{ ...open, members: free }];
    });
}
