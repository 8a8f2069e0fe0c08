/**
 * Asks the domain name system what addresses are called. The only thing of this program that asks others about a log.
 * Promise: one deadline for all of them, whatever servers do; a name is taken only where it leads back to its address, and
 * only as letters, digits, hyphens and dots. Never throws: what is not known in time has no name.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { withoutMapping } from "../entry/network.js";
import { isIP, loadedNet } from "../std/ip-address.js";
import type { ByteString } from "../std/text/byte-string.js";

export interface NameSettings {
  /** "192.0.2.53", "192.0.2.53:5353", "[2001:db8::53]:53"; unset: those of this host. */
  readonly servers?: readonly string[];
  /** For all addresses together; unset: 2000. */
  readonly milliseconds?: number;
}

const usualMilliseconds = 2000;
/** More than a report shows. */
const mostAddresses = 48;
/** Whoever has the address says how many names it has. */
const mostNames = 3;

/** RFC 1123; with underscores, which are not rare. */
const hostName =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** In: addresses as logs have them, those first that matter most. Out: their names, in small letters. */
export async function reverseNames(
  addresses: readonly ByteString[],
  { servers, milliseconds = usualMilliseconds }: NameSettings = {},
): Promise<ReadonlyMap<ByteString, ByteString>> {
  // One of a link, "fe80::1%eth0", is known to nobody.
  const asked = [...new Set(addresses)].filter(
    (address) => isIP(withoutMapping(address)) !== 0 && !address.includes("%"),
  );
  if (asked.length === 0) return new Map();
  const { Resolver } = process.getBuiltinModule("node:dns").promises;
  const resolver = new Resolver({ timeout: milliseconds, tries: 1 });
  if (servers) resolver.setServers(servers);
  const names = new Map<ByteString, ByteString>();
  const asking = asked.slice(0, mostAddresses).map(async (address) => {
    const name = await nameOf(withoutMapping(address), resolver);
    if (name !== undefined) names.set(address, name);
  });
  const end = new AbortController();
  const deadline = sleep(milliseconds, undefined, { signal: end.signal }).catch(() => undefined);
  await Promise.race([Promise.all(asking), deadline]);
  end.abort();
  resolver.cancel();
  // What comes later changes nothing any more.
  return new Map(names);
}

type Resolver = InstanceType<typeof import("node:dns").promises.Resolver>;

async function nameOf(address: string, resolver: Resolver): Promise<ByteString | undefined> {
  const told = await resolver.reverse(address).catch(() => []);
  const names = told.map((name) => name.toLowerCase()).filter((name) => hostName.test(name));
  for (const name of names.slice(0, mostNames)) if (await leadsTo(name, address, resolver)) return name;
  return undefined;
}

/** Anybody can call his address as he likes, but not make somebody else's name lead to it. */
async function leadsTo(name: string, address: string, resolver: Resolver): Promise<boolean> {
  const family = isIP(address) === 4 ? "ipv4" : "ipv6";
  const asked = family === "ipv4" ? resolver.resolve4(name) : resolver.resolve6(name);
  const found = new (loadedNet().BlockList)();
  for (const each of await asked.catch(() => [])) found.addAddress(each, family);
  return found.check(address, family);
}
