/**
 * Says which country an address is in, and who has its network, from files on this host. Nothing is asked over a network.
 * Promise: no file is read before something is asked; what is not known has no answer. Bounded, however many ask.
 */
import { existsSync } from "node:fs";
import type { ByteString, Text } from "../std/text/byte-string.js";
import type { Notice } from "../std/notice.js";
import type { FindOrigin, Origin } from "./database.js";
import { openTable } from "./open-table.js";

export interface OriginSettings {
  /** Files that know countries, owners or both; the first that knows answers. Unset: the usual ones that exist. */
  readonly files?: readonly Text[];
}

/** Of MaxMind's and DB-IP's free editions as their tools and packages lay them down, and of Debian's tor-geoipdb. */
const usualFiles: readonly string[] = [
  ...["/var/lib/GeoIP", "/usr/share/GeoIP", "/usr/local/share/GeoIP"].flatMap((directory) =>
    ["GeoLite2-Country", "GeoLite2-City", "GeoLite2-ASN", "dbip-country-lite", "dbip-asn-lite"].map(
      (name) => `${directory}/${name}.mmdb`,
    ),
  ),
  "/usr/share/tor/geoip",
  "/usr/share/tor/geoip6",
];

/** Addresses that are looked up in a run; of further ones nothing is known. A search takes up to half a millisecond. */
const mostAddresses = 20_000;

const nothing: Origin = {};

export class Origins {
  private readonly settings: OriginSettings;
  private readonly known = new Map<ByteString, Origin>();
  private tables: readonly FindOrigin[] | undefined;
  private readonly failures: Notice[] = [];
  private isFull = false;

  constructor(settings: OriginSettings = {}) {
    this.settings = settings;
  }

  /** Whether there is a file to ask. */
  get areKnown(): boolean {
    return this.opened.length > 0;
  }

  /** In: an address as a log has it. Out: what is known of it. */
  of(address: ByteString): Origin {
    const known = this.known.get(address);
    if (known) return known;
    if (this.known.size >= mostAddresses) {
      this.isFull = true;
      return nothing;
    }
    const found = this.opened.map((find) => find(address) ?? nothing);
    // The first that knows answers.
    const origin = found.reduceRight<Origin>((sum, one) => ({ ...sum, ...one }), nothing);
    this.known.set(Buffer.from(address, "latin1").toString("latin1"), origin);
    return origin;
  }

  /** About files that cannot be used, and addresses that were not looked up. */
  notices(): readonly Notice[] {
    const full = {
      where: "origins",
      what: `more than ${mostAddresses} addresses`,
      done: "the country and the owner of the others are taken for unknown",
    };
    return this.isFull ? [...this.failures, full] : this.failures;
  }

  private get opened(): readonly FindOrigin[] {
    this.tables ??= (this.settings.files ?? usualFiles.filter((path) => existsSync(path))).flatMap((path) => {
      const table = openTable(path);
      if (typeof table === "function") return [table];
      this.failures.push({ where: path, what: table.reason, done: "not asked for countries and owners" });
      return [];
    });
    return this.tables;
  }
}
