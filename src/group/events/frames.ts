/**
 * Reads stack traces of Java, Python, Go, Node and PHP, details of PostgreSQL, and whatever else is indented.
 * Promise: a line that is not in the form of a frame begins an event of its own; each look at a line is short.
 */
import type { Family, Reading, Role } from "./role.js";

/** A line like any other, which frames may follow. */
const plain = 0;
/** Frames have been seen. */
const frames = 1;
/** Within Python's frames: a line that is not indented names the exception. */
const python = 2;
/** Python named the exception; a further one may follow. */
const pythonEnded = 3;
/** The place in a source file, as Node begins: the exception follows. */
const node = 4;
const go = 5;

const looked = 400;

/** Two blanks or more: one may be left from the header. Tabs as syslog daemons write them. */
const indented = /^(?: {2}|\t|#011|\\t|\^I)/;
const javaFrame = /^(?:at \S.*[(:]|Caused by: |Suppressed: |\.\.\. \d+ (?:more|common frames omitted))/;
const pythonExcept = /^(?:During handling of the above exception|The above exception was the direct cause)/;
const traceback = "Traceback (most recent call last):";
const phpFrame = /^(?:(?:PHP )?Stack trace:|#\d+ |thrown in |PHP +\d+\. )/;
const goHead = /^(?:panic: |fatal error: |runtime: |SIG[A-Z]+: |unexpected fault address)/;
const goFrame = /^(?:goroutine \d+ \[|created by |\[signal SIG|exit status \d|[\w./()*$-]{1,200}\(.*\)$)/;
const postgresDetail = /^(?:.{0,80}[\s\]])?(?:DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION): {1,2}\S/;
/** "ValueError: …", "java.lang.IllegalStateException: …", "TypeError [ERR_X]: …". */
const exception = /^(?:[A-Za-z_$][\w$]*\.){0,20}[A-Za-z_$][\w$]*(?: \[\w+\])?(?::|$)/;
const nodePlace = /^(?:\/|file:\/\/|node:)\S{1,300}:\d+$/;

export const stackTraces: Family = { longestGapMs: 1000, holdsAlarms: false, read: readFrame };

function readFrame(message: string, state: number | undefined): Reading {
  const text = message.length > looked ? message.slice(0, looked) : message;
  const isOpen = state !== undefined;
  const orAlone: Role = isOpen ? "continues" : "opens";
  if (text === "") return { role: orAlone, state: state ?? plain };
  if (indented.test(text))
    return { role: orAlone, state: isOpen && state !== plain && state !== pythonEnded ? state : frames };
  if (text.startsWith(traceback))
    return { role: state === pythonEnded ? "continues" : "opens", state: python };
  if (state === python && exception.test(text)) return { role: "leads", state: pythonEnded };
  if (state === node && exception.test(text)) return { role: "leads", state: frames };
  if (state === pythonEnded && pythonExcept.test(text)) return { role: "continues", state };
  if (state === go && goFrame.test(text)) return { role: "continues", state };
  if (isContinuation(text)) return { role: orAlone, state: text.startsWith("goroutine ") ? go : frames };
  if (state === frames && text.startsWith("Node.js v")) return { role: "continues", state };
  if (goHead.test(text)) return { role: "opens", state: go };
  return { role: "opens", state: nodePlace.test(text) ? node : plain };
}

/** Told by their first letters before expressions are asked, since there may be millions of lines. */
function isContinuation(text: string): boolean {
  switch (text[0]) {
    case "a":
    case "C":
    case "S":
    case ".":
    case "P":
    case "#":
    case "t":
      if (javaFrame.test(text) || phpFrame.test(text)) return true;
      break;
    case "F":
      if (text.startsWith('File "')) return true;
      break;
    case "g":
      if (/^goroutine \d+ \[/.test(text)) return true;
      break;
    default:
  }
  return mayBeDetail(text) && postgresDetail.test(text);
}

/** Whether one of PostgreSQL's words may end in the part of a line where they stand: with L, T, Y or N, and ": ". */
function mayBeDetail(text: string): boolean {
  for (let at = text.indexOf(": "); at > 0 && at < detailEnd; at = text.indexOf(": ", at + 2)) {
    const before = text.charCodeAt(at - 1);
    if (before === 0x4c || before === 0x54 || before === 0x59 || before === 0x4e) return true;
  }
  return false;
}

/** Up to 80 characters, a blank, and the longest word: "STATEMENT". */
const detailEnd = 91;
