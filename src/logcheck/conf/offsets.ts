/**
 * Reads the offset files that logtail2 leaves in logcheck's state directory.
 * Promise: the first run begins where logcheck stopped, or at the start of the log when the file is unusable.
 */

/** How far logcheck has read a log. */
export interface LogcheckOffset {
  readonly inode: bigint;
  readonly offsetBytes: number;
}

/** The name of a log's offset file in the state directory. Two paths can share a name: "/a.b" and "/a/b" do. */
export function offsetFileName(logPath: string): string {
  return `offset${logPath.replaceAll("/", ".")}`;
}

/** Reads an offset file: the inode on the first line, the offset on the second. Undefined when it is unusable. */
export function readOffsetFile(text: string): LogcheckOffset | undefined {
  const [inode, offset] = /^(\d+)\n(\d+)(?:\n|$)/.exec(text)?.slice(1) ?? [];
  if (inode === undefined || offset === undefined || !Number.isSafeInteger(Number(offset))) return undefined;
  return { inode: BigInt(inode), offsetBytes: Number(offset) };
}
