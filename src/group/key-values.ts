/**
 * Counts what lines of a kind name, as the rule's `#@ key` asks.
 * Promise: bounded, and each value fits its type: an address is one, all else is a word of few plain characters. What does
 * not fit is not counted, so that a value may stand beside words of ours.
 */
import { isIP } from "node:net";
import { fieldOf } from "../entry/fields.js";
import type { Entry } from "../entry/entry.js";
import type { Shown } from "../rules/files/directive-values.js";
import type { ByteString } from "../std/text/byte-string.js";
import type { KeyCounts } from "./group.js";
import { HeavyHitters } from "./heavy-hitters.js";

/** Of one kind; of more it is only known that there are more. */
const maxValues = 100;
/** Of a message. */
const lookedAtCharacters = 2048;

export class KeyTally {
  private readonly parts: readonly { readonly by: Shown; readonly values: HeavyHitters }[];

  /** Goes on where an earlier one left off. */
  constructor(keys: readonly Shown[], earlier: readonly KeyCounts[] = []) {
    this.parts = keys.map((by) => ({
      by,
      values: new HeavyHitters(
        maxValues,
        earlier.find((counts) => counts.by === by),
      ),
    }));
  }

  add(entry: Entry): void {
    for (const { by, values } of this.parts) {
      const value = keyValueOf(entry, by);
      if (value === undefined) values.addUnnamed();
      else values.add(value);
    }
  }

  counts(): readonly KeyCounts[] {
    return this.parts.map(({ by, values }) => ({ by, ...values.counts() }));
  }
}

const plainWord = /^[A-Za-z0-9._@:-]{1,32}$/;

/** Undefined where the entry names none, or one that does not fit. */
export function keyValueOf(entry: Entry, by: Shown): string | undefined {
  const value = rawValueOf(entry, by);
  if (value === undefined) return undefined;
  const fits = by === "address" ? isIP(value) !== 0 : plainWord.test(value);
  return fits ? value : undefined;
}

function rawValueOf(entry: Entry, by: Shown): ByteString | undefined {
  const message = entry.message.slice(0, lookedAtCharacters);
  switch (by) {
    case "address":
      return fieldOf(entry, "address");
    case "user":
      return firstNamed(actingUser, message) ?? fieldOf(entry, "user") ?? firstNamed(namedUser, message);
    case "port":
      return entry.firewall?.destinationPort?.toString() ?? portPattern.exec(message)?.[1];
    case "unit":
      return unitPattern.exec(message)?.[1];
    case "device":
      return devicePattern
        .exec(message)
        ?.slice(1)
        .find((name) => name !== undefined);
  }
}

function firstNamed(pattern: RegExp, message: string): string | undefined {
  return pattern
    .exec(message)
    ?.slice(1)
    .find((name) => name !== undefined);
}

/** Who acts: sudo names him first, cron and crontab in parentheses, su after the other's name. */
const actingUser = /^ *([^ :]{1,32}) : |^\(([^)]{1,32})\) |\(to [^ ]{1,32}\) ([^ ]{1,32})/;
/** Who is spoken of: useradd, usermod, passwd, PAM. */
const namedUser = /\bname=([^,]{1,32}),|\bfor '?([^ ']{1,32})'?|\buser '?([^ ']{1,32})'?|^add '([^']{1,32})'/;
const portPattern = /\bport ([0-9]{1,5})\b/;
const unitPattern =
  /(?:^|[ ])([A-Za-z0-9@_.\\-]{1,100}\.(?:service|socket|mount|timer|target|swap|path|slice|scope|device))\b/;
const devicePattern =
  /\bdev(?:ice)? ([a-z]{2,8}[0-9a-z-]{0,12})\b|\/dev\/([a-z]{2,8}[0-9a-z-]{0,12})\b|\((?:device )?([a-z]{2,4}[0-9a-z-]{1,8})\)|\[(sd[a-z]{1,3})\]|\b(nvme[0-9n]{1,6}|md[0-9]{1,4}|ata[0-9.]{1,6})\b/;
