/** A server of the domain name system on loopback that knows what a test tells it, and is as odd as it says. */
import { createSocket } from "node:dgram";

/** "PTR 192.0.2.7" or "A scan.example.org", and what is answered: texts, or how nothing is. */
export type Answers = Readonly<Record<string, readonly string[] | "silence" | "failure" | "noise">>;

export interface DnsServer {
  /** To be given to a resolver. */
  readonly address: string;
  /** What it was asked, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const types = new Map([
  [1, "A"],
  [12, "PTR"],
  [28, "AAAA"],
]);

export async function dnsServer(answers: Answers): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (query, { port, address }) => {
    const { name, type, end } = questionOf(query);
    const kind = types.get(type) ?? String(type);
    const question = `${kind} ${kind === "PTR" ? addressOf(name) : name}`;
    asked.push(question);
    const answer = answers[question] ?? [];
    if (answer === "silence") return;
    const reply = answer === "noise" ? Buffer.alloc(40, 0xff) : replyTo(query, end, type, answer);
    socket.send(reply, port, address, () => undefined);
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, "127.0.0.1", resolve);
  });
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        socket.close(resolve);
      }),
  };
}

function questionOf(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let place = 12;
  for (let length = query.readUInt8(place); length > 0; length = query.readUInt8(place)) {
    labels.push(query.toString("latin1", place + 1, place + 1 + length));
    place += 1 + length;
  }
  return { name: labels.join("."), type: query.readUInt16BE(place + 1), end: place + 5 };
}

/** "192.0.2.7" of "7.2.0.192.in-addr.arpa"; of IPv6 all eight groups. */
function addressOf(name: string): string {
  const labels = name.toLowerCase().split(".");
  if (name.endsWith("in-addr.arpa")) return labels.slice(0, 4).toReversed().join(".");
  const digits = labels.slice(0, 32).toReversed().join("");
  return (digits.match(/.{4}/g) ?? []).map((group) => parseInt(group, 16).toString(16)).join(":");
}

function replyTo(query: Buffer, end: number, type: number, answer: readonly string[] | "failure"): Buffer {
  const texts = answer === "failure" ? [] : answer;
  const header = Buffer.from(query.subarray(0, end));
  header.writeUInt16BE(answer === "failure" ? 0x8182 : texts.length === 0 ? 0x8183 : 0x8180, 2);
  header.writeUInt16BE(texts.length, 6);
  header.writeUInt32BE(0, 8);
  const records = texts.map((text) => {
    const data = dataOf(type, text);
    const record = Buffer.alloc(12);
    // The name is that of the question.
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(type, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt32BE(60, 6);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([record, data]);
  });
  return Buffer.concat([header, ...records]);
}

function dataOf(type: number, text: string): Buffer {
  if (type === 1) return Buffer.from(text.split(".").map(Number));
  if (type === 28)
    return Buffer.from(
      text
        .split(":")
        .map((group) => group.padStart(4, "0"))
        .join(""),
      "hex",
    );
  const labels = text.split(".").map((label) => Buffer.from(label, "latin1"));
  return Buffer.concat([
    ...labels.flatMap((label) => [Buffer.from([label.length]), label]),
    Buffer.from([0]),
  ]);
}
