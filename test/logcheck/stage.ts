/**
 * Plays the same story to logcheck and to logwinnow, each on a host of its own, and returns what an admin would see.
 * Promise: the names of the temporary directories never make a difference.
 */
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import PostalMime from "postal-mime";
import { fullyQualifiedHostName } from "../../src/std/host-name.js";
import {
  LogcheckHost,
  type Environment,
  type HostDescription,
  type RunOfLogcheck,
  type RunOfOurs,
} from "./oracle.js";

/** One run as an admin sees it. */
export interface Seen {
  readonly status: number | null;
  readonly stdout: string;
  /** What follows "Error: " on standard error. */
  readonly error: string;
  readonly mails: readonly SeenMail[];
}

export interface SeenMail {
  readonly subject: string;
  readonly to: readonly string[];
  readonly text: string;
  /** File name to contents, both decoded. */
  readonly attachment?: readonly [name: string, bytes: string];
}

export interface Stage {
  readonly host: LogcheckHost;
  /** Runs the program that this stage is for. */
  readonly run: (flags?: readonly string[], environment?: Environment) => Promise<Seen>;
}

export type Story = (stage: Stage) => Promise<void> | void;

/** Plays a story to one of the two. Out: what each run showed. */
export async function play(
  program: "logcheck" | "ours",
  description: HostDescription,
  story: Story,
): Promise<Seen[]> {
  const host = new LogcheckHost(description);
  const seen: Seen[] = [];
  try {
    await story({
      host,
      async run(flags = ["-o"], environment = {}) {
        const run =
          program === "logcheck"
            ? seenOfLogcheck(await host.run(flags, environment), host)
            : await seenOfOurs(await host.runOurs(flags, environment), host);
        seen.push(run);
        return run;
      },
    });
    return seen;
  } finally {
    host.remove();
  }
}

/** Plays a story to both and expects both to show the same. Out: what they showed. */
export async function expectSame(description: HostDescription, story: Story): Promise<Seen[]> {
  const [theirs, ours] = await Promise.all([
    play("logcheck", description, story),
    play("ours", description, story),
  ]);
  expect(ours).to.deep.equal(theirs);
  return theirs;
}

export function seenOfLogcheck({ status, stdout, stderr, mails }: RunOfLogcheck, host: LogcheckHost): Seen {
  return {
    ...seenAtAll(status, stdout, stderr, host),
    mails: mails.map(({ words, body }) => {
      const valueOf = (option: string): string => words[words.indexOf(option) + 1] ?? "";
      const isAttached = words.includes("--attachment");
      return mailOf(
        {
          subject: valueOf("--subject"),
          to: valueOf("--to").split(","),
          text: isAttached ? valueOf("--string") : body.toString("latin1"),
          ...(isAttached ? { attachment: [valueOf("--attachment"), body.toString("latin1")] as const } : {}),
        },
        host,
      );
    }),
  };
}

export async function seenOfOurs(
  { status, stdout, stderr, messages }: RunOfOurs,
  host: LogcheckHost,
): Promise<Seen> {
  const mails: SeenMail[] = [];
  for (const { to, bytes } of messages) {
    const { subject, text, attachments, headers } = await PostalMime.parse(bytes, {
      attachmentEncoding: "arraybuffer",
    });
    expect(headers.find(({ key }) => key === "auto-submitted")?.value).to.equal("auto-generated");
    const [attachment] = attachments;
    const bytesOf = (content: ArrayBuffer | Uint8Array | string): string =>
      typeof content === "string" ? content : Buffer.from(new Uint8Array(content)).toString("latin1");
    mails.push(
      mailOf(
        {
          subject: subject ?? "",
          // Unqualified names get a domain in the envelope.
          to: to.map((address) => address.replace(`@${fullyQualifiedHostName()}`, "")),
          text: Buffer.from(text ?? "").toString("latin1"),
          ...(attachment
            ? { attachment: [attachment.filename ?? "", bytesOf(attachment.content)] as const }
            : {}),
        },
        host,
      ),
    );
  }
  return { ...seenAtAll(status, stdout, stderr, host), mails };
}

function seenAtAll(
  status: number | null,
  stdout: Buffer,
  stderr: string,
  host: LogcheckHost,
): Omit<Seen, "mails"> {
  const error = /^Error: ([^]*)/m.exec(stderr)?.[1]?.trimEnd() ?? "";
  return { status, stdout: neutral(stdout.toString("latin1"), host), error: neutral(error, host) };
}

/** The texts of error mails differ: logcheck mails its environment and its disks, logwinnow only what went wrong. */
function mailOf(mail: SeenMail, host: LogcheckHost): SeenMail {
  const isError = mail.subject.startsWith("Logcheck: ");
  const text = isError ? "" : neutral(mail.text, host);
  // The minute may change between the two programs.
  return {
    ...mail,
    subject: mail.subject.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, "NOW").trimEnd(),
    text: text.replace(/\n+$/, ""),
    ...(mail.attachment ? { attachment: decoded(mail.attachment) } : {}),
  };
}

/** Two programs compress differently. */
function decoded([name, bytes]: readonly [name: string, bytes: string]): readonly [
  name: string,
  bytes: string,
] {
  if (!name.endsWith(".gz")) return [name, bytes];
  return [name, gunzipSync(Buffer.from(bytes, "latin1")).toString("latin1")];
}

function neutral(text: string, host: LogcheckHost): string {
  return text.replaceAll(host.directory, "HOST");
}
