/**
 * Asks who sent what a line tells of: `unless-network`, `unless-country`, `suspect`, `unless-suspect`.
 * Promise: who is not known is not spared, and is a suspect as soon as anybody is. Notices say for which rules that was so.
 */
import type { BlockList } from "node:net";
import { fieldOf } from "../entry/fields.js";
import { readEntry } from "../entry/header.js";
import { withoutMapping } from "../entry/network.js";
import { addressNumber } from "../origins/address.js";
import type { Origins } from "../origins/origins.js";
import type { Network } from "../rules/files/directive-values.js";
import { placeOf, type Rule } from "../rules/rule.js";
import { loadedNet } from "../std/ip-address.js";
import type { ByteString } from "../std/text/byte-string.js";
import { lineText } from "../std/text/line-text.js";
import type { Notice } from "../std/notice.js";
import type { AskedLine } from "./asked-line.js";
import { Suspects } from "./suspects.js";

/** Plenty for a rule file that was written by hand; a notice names each. */
const mostNoticed = 100;

export class Senders {
  readonly origins: Origins;
  private readonly suspects = new Suspects();
  private readonly networks = new Map<Rule, BlockList>();
  private readonly withoutAddress = new Set<Rule>();
  private readonly withoutCountries = new Set<Rule>();

  constructor(origins: Origins) {
    this.origins = origins;
  }

  /** Whether a rule that raises a line spares it because of where it comes from. */
  isSpared(line: AskedLine, rule: Rule): boolean {
    const { unlessCountry, unlessNetwork } = rule.directives ?? {};
    if (unlessCountry === undefined && unlessNetwork === undefined) return false;
    const address = addressOf(line);
    // The name of a host may be anybody's.
    if (address === undefined || addressNumber(address) === undefined) {
      this.note(this.withoutAddress, rule);
      return false;
    }
    if (unlessNetwork && this.networksOf(rule, unlessNetwork).check(...checkable(address))) return true;
    if (unlessCountry === undefined) return false;
    if (!this.origins.areKnown) this.note(this.withoutCountries, rule);
    const country: string | undefined = this.origins.of(address).country;
    return unlessCountry.some((code: string) => code === country);
  }

  /** Remembers whom a line is about, if its rule says that it makes one a suspect. */
  suspect(line: AskedLine, rule: Rule): void {
    if (rule.directives?.suspect === undefined) return;
    const address = addressOf(line);
    if (address === undefined) this.note(this.withoutAddress, rule);
    else this.suspects.add(address);
  }

  /** Whether a suspect sent a line, if its rule asks. */
  isSuspect(line: AskedLine, rule: Rule): boolean {
    if (rule.directives?.unlessSuspect === undefined) return false;
    if (!this.suspects.mayHaveSent(line.readAs ?? line.bytes)) return false;
    return this.suspects.has(addressOf(line));
  }

  notices(): readonly Notice[] {
    const noticesOf = (rules: ReadonlySet<Rule>, what: string, done: string): Notice[] =>
      [...rules].map((rule) => ({ where: `${placeOf(rule)}:1`, what, done }));
    return [
      ...noticesOf(
        this.withoutAddress,
        "asks who sent a line, and a line names no address",
        "the line is taken for a stranger's",
      ),
      ...noticesOf(
        this.withoutCountries,
        '"unless-country" has no file that knows countries',
        "its lines are raised wherever they come from",
      ),
      ...this.suspects.notices(),
      ...this.origins.notices(),
    ];
  }

  private note(rules: Set<Rule>, rule: Rule): void {
    if (rules.size < mostNoticed) rules.add(rule);
  }

  private networksOf(rule: Rule, networks: readonly Network[]): BlockList {
    const known = this.networks.get(rule);
    if (known) return known;
    const list = new (loadedNet().BlockList)();
    for (const { address, family, prefixBits } of networks) list.addSubnet(address, prefixBits, family);
    this.networks.set(rule, list);
    return list;
  }
}

function checkable(written: ByteString): [address: string, family: "ipv4" | "ipv6"] {
  // A zone, "fe80::1%eth0", is none of the address.
  const [address = ""] = withoutMapping(written).split("%", 1);
  return [address, address.includes(":") ? "ipv6" : "ipv4"];
}

function addressOf({ bytes, readAs = bytes }: AskedLine): ByteString | undefined {
  return fieldOf(readEntry(lineText(readAs), noTime), "address");
}

/** What an address has nothing to do with. */
const noTime = new Date(0);
