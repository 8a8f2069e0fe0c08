/**
 * An SMTP server that does what a test tells it, at the level of bytes.
 * Promise: what it reports as received is what came over the wire, not what a library made of it.
 */
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

export type Stage = "connect" | "EHLO" | "STARTTLS" | "AUTH" | "MAIL" | "RCPT" | "DATA" | "body" | "dot";

/** What happens when a stage is reached. A string is the reply. */
export type Misdeed =
  | { readonly kind: "drop" }
  | { readonly kind: "reply"; readonly line: string }
  /** Answers as it should, at one byte a second. */
  | { readonly kind: "slow" }
  /** Says and reads nothing more. */
  | { readonly kind: "stall" };

export interface ScriptedSmtp {
  readonly port: number;
  /** All lines that came as commands, over all connections. */
  readonly commands: string[];
  /** What came after DATA, up to and with the line of the final dot, once per message. */
  readonly bodies: string[];
  readonly server: Server;
  close(): Promise<void>;
}

const wellBehaved: Readonly<Record<Stage, string>> = {
  connect: "220 test ESMTP",
  EHLO: "250-test\r\n250-STARTTLS\r\n250 AUTH PLAIN",
  STARTTLS: "220 go ahead",
  AUTH: "235 welcome",
  MAIL: "250 ok",
  RCPT: "250 ok",
  DATA: "354 go on",
  body: "",
  dot: "250 queued",
};

/** Starts a server on loopback that misbehaves at these stages, the first `times` times that it gets there. */
export async function startScriptedSmtp(
  misdeeds: Readonly<Partial<Record<Stage, Misdeed>>>,
  times = Infinity,
): Promise<ScriptedSmtp> {
  const commands: string[] = [];
  const bodies: string[] = [];
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let left = times;

  /** Whether the connection goes on. */
  function answer(socket: Socket, stage: Stage): boolean {
    const misdeed = left > 0 ? misdeeds[stage] : undefined;
    if (misdeed) left -= 1;
    const reply = `${misdeed?.kind === "reply" ? misdeed.line : wellBehaved[stage]}\r\n`;
    if (misdeed?.kind === "drop") socket.destroy();
    else if (misdeed?.kind === "stall") socket.pause();
    else if (misdeed?.kind === "slow") trickle(socket, reply);
    else if (stage !== "body") socket.write(reply, "latin1");
    return misdeed === undefined || misdeed.kind === "slow";
  }

  function trickle(socket: Socket, reply: string): void {
    let offset = 0;
    const timer = setInterval(() => socket.write(reply.charAt(offset++), "latin1"), 1000);
    timers.add(timer);
    socket.on("close", () => clearInterval(timer));
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    let pending = "";
    let isInBody = false;
    answer(socket, "connect");
    socket.on("data", (chunk) => {
      pending += chunk.toString("latin1");
      for (;;) {
        if (isInBody) {
          if (misdeeds.body && left > 0 && pending.length > 0 && !answer(socket, "body")) return;
          const end = pending.startsWith(".\r\n") ? 3 : pending.indexOf("\r\n.\r\n") + 5;
          if (end < 5 && !pending.startsWith(".\r\n")) return;
          bodies.push(pending.slice(0, end));
          pending = pending.slice(end);
          isInBody = false;
          if (!answer(socket, "dot")) return;
          continue;
        }
        const newline = pending.indexOf("\r\n");
        if (newline < 0) return;
        const line = pending.slice(0, newline);
        pending = pending.slice(newline + 2);
        commands.push(line);
        const verb = line.slice(0, 4).toUpperCase();
        const stage = (["EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"] as const).find((name) =>
          name.startsWith(verb),
        );
        if (stage === undefined) {
          socket.write(verb === "QUIT" ? "221 bye\r\n" : "500 unknown\r\n");
          continue;
        }
        const goesOn = answer(socket, stage);
        if (stage === "DATA" && goesOn) isInBody = true;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    bodies,
    server,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The mail's bytes as the receiver has them: without the final dot, leading dots unstuffed. */
export function unstuffed(body: string): string {
  return body.replace(/\.\r\n$/, "").replace(/(^|\r\n)\./g, "$1");
}
