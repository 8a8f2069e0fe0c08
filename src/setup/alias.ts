/**
 * Where mail to the job's user goes: /etc/aliases.
 * Promise: an alias that somebody made stays; a bounce of a report reaches root otherwise.
 */
import { fileChange, type Change } from "./change.js";
import type { Host } from "./host.js";

const aliases = "/etc/aliases";
const alias = "logwinnow: root";
const newaliases = "/usr/bin/newaliases";

/** Undefined where there is nothing to do: an alias, or no mail system that has aliases. */
export function aliasChange(host: Host): Change | undefined {
  const text = host.read(aliases);
  if (text === undefined || /^\s*"?logwinnow"?\s*:/im.test(text)) return undefined;
  const added = `${text.replace(/\n*$/, "\n")}${alias}\n`;
  return fileChange(host, aliases, added, { title: "bounces of reports go to root", ...rebuilt(host) });
}

/** Takes the alias away that setup made. */
export function aliasRemoval(host: Host): Change | undefined {
  const text = host.read(aliases);
  if (text === undefined) return undefined;
  const left = text
    .split("\n")
    .filter((line) => line !== alias)
    .join("\n");
  return fileChange(host, aliases, left, { title: "no alias any more", ...rebuilt(host) });
}

/** Postfix and OpenSMTPD look into a database that is made of the file. */
function rebuilt(host: Host): { readonly afterwards?: Change } {
  if (!host.isRunning || !host.exists(newaliases)) return {};
  return {
    afterwards: {
      title: "",
      shown: [`$ ${newaliases}`],
      // The alias is written: that the database is old is the mail system's to say.
      make: () => void host.try(newaliases),
    },
  };
}
