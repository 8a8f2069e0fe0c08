/**
 * Gives a short name to each stream of lines: what one program of one host writes into one source.
 * Promise: two streams never have one name, and what is remembered is bounded.
 */

/** Names are never given twice: past so many, those of all streams are given anew. */
const maxNames = 4096;

interface Named {
  readonly source: string;
  readonly hostname: string;
  readonly name: string;
}

export class StreamNames {
  private readonly names = new Map<string, string>();
  /** By program, the stream that came last: to look it up by all three parts takes three times as long. */
  private readonly last = new Map<string, Named>();
  private given = 0;

  nameOf(source: string, hostname: string, appName: string): string {
    const last = this.last.get(appName);
    if (last?.hostname === hostname && last.source === source) return last.name;
    const key = `${source}\0${hostname}\0${appName}`;
    const known = this.names.get(key);
    if (known === undefined && this.names.size >= maxNames) {
      this.names.clear();
      this.last.clear();
    }
    const name = known ?? `${(this.given += 1)} `;
    // Slices would hold on to the lines that they were cut from.
    if (known === undefined) this.names.set(ownCopy(key), name);
    this.last.set(ownCopy(appName), { source, hostname: ownCopy(hostname), name });
    return name;
  }
}

function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}
