/**
 * What fail2ban's own tags stand for in an expression: "<HOST>" and "<ADDR>", and "<F-USER>…</F-USER>", which is a group.
 * Promise: the same texts as fail2ban's take.
 */

/** Four numbers, also within an IPv6 address. */
const ip4 = String.raw`(?:(?:::f{4,6}:)?(?:\d{1,3}\.){3}\d{1,3})`;
/** Groups of up to four digits with colons, of which two in a row leave some out. */
const ip6 = String.raw`(?:(?:[0-9a-fA-F]{1,4}::?|::){1,7}(?:[0-9a-fA-F]{1,4}|:))`;
const domainName = String.raw`(?:[\w\-.^_]*\w)`;
const address = String.raw`(?:\[?(?:${ip4}|${ip6})\]?)`;

/** By name. A tag may also be written as one that is closed at once: "<F-IP4/>". */
const tags: Readonly<Record<string, string>> = {
  HOST: `(?:${address}|${domainName})`,
  ADDR: address,
  IP4: ip4,
  IP6: ip6,
  DNS: domainName,
  CIDR: String.raw`\d+`,
  SUBNET: String.raw`(?:\[?(?:${ip4}|${ip6})(?:/\d+)?\]?)`,
  ID: String.raw`\S+`,
  PORT: String.raw`\w+`,
};

/** In "<F-ID/>", but not in "<ID>". */
const onlyClosed = ["ID", "PORT"];
/** Not in "<F-HOST/>". */
const onlyOpen = ["HOST"];

/** The expression with its tags replaced. What is no tag of fail2ban's stays as it is. */
export function withoutTags(text: string): string {
  const opened = new Set<string>();
  return text.replace(/<\/?[\w-]+\/?>/g, (tag) => {
    const name = tag.slice(1, -1);
    const [, closed] = /^F-([A-Z0-9]+)\/$/.exec(name) ?? [];
    if (closed !== undefined && tags[closed] !== undefined && !onlyOpen.includes(closed)) return tags[closed];
    if (tags[name] !== undefined && !onlyClosed.includes(name)) return tags[name];
    const [, slash, custom] = /^(\/?)F-([A-Z0-9_-]+)$/.exec(name) ?? [];
    if (custom === undefined) return tag;
    if (slash === "/") return opened.has(custom) ? ")" : tag;
    opened.add(custom);
    return `(?P<${custom.toLowerCase().replaceAll("-", "_")}>`;
  });
}

/** Groups by which fail2ban marks what is no failure. */
export const harmlessGroups: readonly string[] = ["nofail", "mlfgained"];
/** The group of a prefregex in which the failregexes are looked for. */
export const contentGroup = "content";
