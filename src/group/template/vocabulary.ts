/**
 * The words that tell what stands beside them: units after a number, keys whose value names someone.
 * Promise: one look-up in a table for each word, whatever stands in the line.
 */

/** What a word can mean; the meanings of a word are added up. */
export const meanings = {
  /** After a number: "KB", "seconds". */
  unit: 1,
  /** A weekday or a month, before a number. */
  calendar: 2,
  /** A key whose value names a person, a machine or another thing that varies. */
  naming: 4,
  /** A key whose value says what happened. */
  news: 8,
  /** "true", "none": a value that only says whether there is one. */
  blank: 16,
  /** "up", "exit-code": says what happened even where it is quoted. */
  state: 32,
  /** "user", before a name. */
  user: 64,
  /** After "user", what is no name. */
  noName: 128,
  /** A method of HTTP. */
  method: 256,
  /** The key of a structured line's own message. */
  message: 512,
  /** Of the audit log, a key whose value says what happened. */
  audited: 1024,
  /** Stands among `key=value` without a value. */
  flag: 2048,
  /** The kind of a key, before a fingerprint. */
  keyType: 4096,
} as const;

const words: Readonly<Record<keyof typeof meanings, string>> = {
  unit:
    "b kb mb gb tb kib mib gib tib k byte bytes kbyte kbytes bit bits ns us usec usecs ms msec msecs s sec secs " +
    "second seconds min mins minute minutes h hour hours day days week weeks hz khz mhz ghz c celsius v mv w rpm " +
    "am pm utc gmt cet cest est edt pst pdt cst cdt mst mdt bst msk jst ist",
  calendar:
    "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday " +
    "jan feb mar apr may jun jul aug sep sept oct nov dec",
  naming:
    "ruser logname rhost acct helo addr from to hostname laddr host orig_to relay client rip lip session method proto " +
    "sasl_method sasl_username sasl_sender pwd cwd group tsid home shell comm name pid ppid uid gid euid auid ses terminal " +
    "label path ctladdr mailer msgid bodytype cpuset nodemask mems_allowed constraint task task_memcg oom_memcg sender " +
    "src dst in out mac spt dpt id iface module caller exe_name daemon queue tag ws peer",
  news:
    "user status stat state result res success verdict action operation op apparmor level lvl severity priority type " +
    "reason code event signal unit exe cmd command proctitle msg message error err",
  blank: "true false null nil none undefined unknown n/a",
  state:
    "up down on off online offline open opened close closed start started stop stopped enabled disabled connected " +
    "disconnected success succeeded failure failed exit-code signal timeout core-dump watchdog start-limit-hit resources " +
    "protocol oom-kill accepted rejected allowed denied active inactive ban unban pass fail pre-up pre-down " +
    "connectivity-change hostname vpn-up vpn-down",
  user: "user",
  noName:
    "unknown from is was has had not on in by and or to of at for with name names id account session sessions slice " +
    "manager space mode agent data database interface runtime service unit units password record requested disconnected " +
    "authentication authenticated login logged defined specified does did can cannot could will must may namespace " +
    "namespaces process processes process's level defaults preference preferences group groups directory home config",
  method: "get post put delete head options patch connect trace propfind",
  message: "msg message",
  flag: "tls ssl secured starttls plaintext compressed",
  keyType: "rsa dsa ecdsa rsa-cert dsa-cert ecdsa-cert",
  audited: "type apparmor operation op unit exe res result success cmd proctitle key acct_result",
};

/** FNV-1a of a word in lower case, begun with `hashStart` and gone on with for each byte. */
export const hashStart = 0x811c9dc5 | 0;

/** A letter counts as its lower case. */
export function hashByte(hash: number, byte: number): number {
  return Math.imul(hash ^ (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte), 0x01000193);
}

export function hashOf(word: string): number {
  let hash = hashStart;
  for (let index = 0; index < word.length; index += 1) hash = hashByte(hash, word.charCodeAt(index));
  return hash;
}

export function hashOfBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = hashStart;
  for (let index = start; index < end; index += 1) hash = hashByte(hash, bytes[index] ?? 0);
  return hash;
}

const tableSize = 4096;
/** Hash and meanings, in turn. The hash of no word is 0. */
const table = new Int32Array(2 * tableSize);
for (const [meaning, list] of Object.entries(words))
  for (const word of list.split(" ")) learn(hashOf(word), meanings[meaning as keyof typeof meanings]);

function learn(hash: number, meaning: number): void {
  let slot = hash & (tableSize - 1);
  while (table[2 * slot] !== 0 && table[2 * slot] !== hash) slot = (slot + 1) & (tableSize - 1);
  table[2 * slot] = hash;
  table[2 * slot + 1] = (table[2 * slot + 1] ?? 0) | meaning;
}

/** What a word means, by its hash; 0 for a word like any other. Two words with one hash only mean the same. */
export function meaningOf(hash: number): number {
  let slot = hash & (tableSize - 1);
  for (;;) {
    const known = table[2 * slot];
    if (known === hash) return table[2 * slot + 1] ?? 0;
    if (known === 0) return 0;
    slot = (slot + 1) & (tableSize - 1);
  }
}
