/**
 * Gives a short name to each stream of lines: what one program of one host writes into one source.
 * Promise: two streams never have one name, and what is remembered is bounded.
 */

const maxPrograms = 4096;

interface Named {
  readonly source: string;
  readonly hostname: string;
  readonly name: string;
}

export class StreamNames {
  /** By program, its first stream. Further ones are few: they go by all three parts, which takes three times as long. */
  private readonly first = new Map<string, Named>();

  nameOf(source: string, hostname: string, appName: string): string {
    const first = this.first.get(appName);
    if (first?.hostname === hostname && first.source === source) return first.name;
    if (first === undefined && this.first.size < maxPrograms) {
      const name = `${this.first.size} `;
      // Slices would hold on to the lines that they were cut from.
      this.first.set(ownCopy(appName), { source, hostname: ownCopy(hostname), name });
      return name;
    }
    // No short name begins so.
    return `\0${source}\0${hostname}\0${appName}\0`;
  }
}

function ownCopy(text: string): string {
  return Buffer.from(text, "latin1").toString("latin1");
}
