/** F20 to F23: SMTP at its worst, from the store's spool to what really came over the wire. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createConnection, createServer, type AddressInfo } from "node:net";
import { expect } from "chai";
import { compose } from "../../../src/outlets/mail/compose.js";
import { deliverRound, type Round } from "../../../src/outlets/deliver.js";
import { smtpTransport, type SmtpSettings } from "../../../src/outlets/mail/smtp.js";
import { openStore, type Store } from "../../../src/store/store.js";
import { mailPayload, mailVia } from "../../support/payloads.js";
import { ModelDisk } from "../../support/model-disk.js";
import { startScriptedSmtp, unstuffed, type Misdeed, type Stage } from "../../support/scripted-smtp.js";
import { needsTool } from "../../support/tools.js";
import { until } from "../../support/until.js";

const now = new Date("2026-03-01T12:00:00Z");
const text = "first\n.\n..\nlast line\n";

async function storeWithMail(body = text): Promise<{ store: Store; bytes: string }> {
  const { store } = openStore("/state", new ModelDisk(new Map([["/", new Map()]])), now);
  const message = await compose({
    from: "logwinnow@web1.example",
    to: ["ops@elsewhere.example"],
    subject: "web1: 1 event",
    text: body,
    attachments: [],
    date: now,
    hostname: "web1.example",
    hostId: store.state.hostId,
    commitNumber: store.nextCommitNumber,
  });
  store.commit({ positions: {}, payloads: [mailPayload(message)], toldNotices: {} }, now);
  return { store, bytes: Buffer.from(message.bytes).toString("latin1") };
}

function tryOnce(store: Store, port: number, settings: Partial<SmtpSettings> = {}): Promise<Round> {
  const server = {
    host: "127.0.0.1",
    port,
    isTlsFromStart: false,
    hostname: "web1.example",
    deadlineMs: 5_000,
  };
  const transport = smtpTransport({ ...server, ...settings });
  return deliverRound(store.spool, store.spool.waiting(), [mailVia(transport)], { clock: () => now });
}

const overTls: Partial<SmtpSettings> = { tls: "verified" };
const withLogin: Partial<SmtpSettings> = { tls: "off", credentials: { user: "ops", password: "secret" } };
const drop: Misdeed = { kind: "drop" };
const reply = (line: string): Misdeed => ({ kind: "reply", line });

describe("SMTP that drops (F20, F21)", () => {
  const stages: readonly (readonly [Stage, Partial<SmtpSettings>])[] = [
    ["connect", {}],
    ["EHLO", {}],
    ["STARTTLS", overTls],
    ["AUTH", withLogin],
    ["MAIL", {}],
    ["RCPT", {}],
    ["DATA", {}],
    ["body", {}],
  ];
  for (const [stage, settings] of stages)
    it(`at ${stage}: kept, then delivered once`, async () => {
      const { store, bytes } = await storeWithMail();
      const smtp = await startScriptedSmtp({ [stage]: drop }, 1);
      try {
        expect(await tryOnce(store, smtp.port, settings)).to.deep.include({ delivered: 0, waiting: 1 });
        expect(smtp.bodies).to.deep.equal([]);
        expect(await tryOnce(store, smtp.port)).to.deep.include({ delivered: 1, waiting: 0 });
        expect(smtp.bodies.map(unstuffed)).to.deep.equal([bytes]);
      } finally {
        await smtp.close();
      }
    });

  it("after the final dot, three times: resent each time, the same bytes under the same Message-ID", async () => {
    const { store, bytes } = await storeWithMail();
    const smtp = await startScriptedSmtp({ dot: drop }, 3);
    try {
      for (let count = 0; count < 3; count++)
        expect(await tryOnce(store, smtp.port)).to.deep.include({ delivered: 0, waiting: 1 });
      expect(await tryOnce(store, smtp.port)).to.deep.include({ delivered: 1, waiting: 0 });
      expect(smtp.bodies.map(unstuffed)).to.deep.equal([bytes, bytes, bytes, bytes]);
    } finally {
      await smtp.close();
    }
  });
});

describe("SMTP that answers 4xx or 5xx (F22)", () => {
  const stages: readonly (readonly [Stage, Partial<SmtpSettings>])[] = [
    ["connect", {}],
    ["AUTH", withLogin],
    ["MAIL", {}],
    ["RCPT", {}],
    ["DATA", {}],
    ["dot", {}],
  ];
  for (const [stage, settings] of stages) {
    for (const line of ["421 4.3.2 closing", "451 4.3.0 try later"])
      it(`${line} at ${stage}: kept with the server's words, then delivered once`, async () => {
        const { store, bytes } = await storeWithMail();
        const smtp = await startScriptedSmtp({ [stage]: reply(line) }, 1);
        try {
          const round = await tryOnce(store, smtp.port, settings);
          expect(round).to.deep.include({ delivered: 0, waiting: 1 });
          const [code = "", ...words] = line.split(" ");
          expect(round.notices[0]?.where).to.equal(`127.0.0.1:${smtp.port}`);
          expect(round.notices[0]?.what).to.equal(`${code} "${words.join(" ")}" for ops@elsewhere.example`);
          const received = smtp.bodies.length;
          expect(await tryOnce(store, smtp.port)).to.deep.include({ delivered: 1, waiting: 0 });
          expect(smtp.bodies.slice(received).map(unstuffed)).to.deep.equal([bytes]);
        } finally {
          await smtp.close();
        }
      });

    if (stage === "connect" || stage === "AUTH") continue;
    it(`5xx at ${stage}: parked with the server's words, not tried again`, async () => {
      const { store } = await storeWithMail();
      const smtp = await startScriptedSmtp({ [stage]: reply("554 5.7.1 go away") });
      try {
        const round = await tryOnce(store, smtp.port, settings);
        expect(round).to.deep.include({ delivered: 0, waiting: 0 });
        expect(round.notices[0]?.what).to.equal('554 "5.7.1 go away" for ops@elsewhere.example');
        expect(round.notices[0]?.done).to.match(/^parked as "failed\/00000001.1.mail"/);
        expect(store.spool.failed()).to.have.length(1);
        const asked = smtp.commands.length;
        expect(await tryOnce(store, smtp.port, settings)).to.deep.equal({
          delivered: 0,
          waiting: 0,
          notices: [],
        });
        expect(smtp.commands.length).to.equal(asked);
      } finally {
        await smtp.close();
      }
    });
  }

  it("5xx at STARTTLS: kept, for whoever can cut STARTTLS out can also forge its refusal", async () => {
    const { store } = await storeWithMail();
    const smtp = await startScriptedSmtp({ STARTTLS: reply("502 5.5.1 not here") });
    try {
      expect(await tryOnce(store, smtp.port, overTls)).to.deep.include({ delivered: 0, waiting: 1 });
      expect(smtp.commands.join("\n")).to.not.match(/MAIL|RCPT|DATA/);
    } finally {
      await smtp.close();
    }
  });
});

describe("SMTP that is slow (F23)", () => {
  const misdeeds: readonly (readonly [Stage, Misdeed])[] = [
    ["connect", { kind: "slow" }],
    ["EHLO", { kind: "slow" }],
    ["MAIL", { kind: "slow" }],
    ["dot", { kind: "slow" }],
    ["connect", { kind: "stall" }],
    ["DATA", { kind: "stall" }],
    ["body", { kind: "stall" }],
    ["dot", { kind: "stall" }],
  ];
  for (const [stage, misdeed] of misdeeds)
    it(`${misdeed.kind} at ${stage}: given up at the deadline, the mail kept`, async () => {
      const { store } = await storeWithMail("x".repeat(70).concat("\n").repeat(20_000));
      const smtp = await startScriptedSmtp({ [stage]: misdeed });
      try {
        const round = await tryOnce(store, smtp.port, { deadlineMs: 700 });
        expect(round).to.deep.include({ delivered: 0, waiting: 1 });
        expect(round.notices[0]?.what).to.match(/^no end after 0.7 s/);
      } finally {
        await smtp.close();
      }
    });
});

describe("what goes over the wire", () => {
  const hostile = [
    "\r\n.\r\nMAIL FROM:<evil@x>\r\nRCPT TO:<victim@y>\r\nDATA\r\nsmuggled\r\n.\r\n",
    "\n.\nMAIL FROM:<evil@x>\n",
    "\r.\rMAIL FROM:<evil@x>\r",
    "\n.\r\nMAIL FROM:<evil@x>\r\n",
    "\r\n.\nMAIL FROM:<evil@x>\n",
    "\0\r\0\n\0.\0\r\n",
    ".".repeat(300),
    "\n..\n...\n.x\n",
  ];
  for (const body of hostile)
    it(`no mail ends early or starts another: ${JSON.stringify(body.slice(0, 30))}`, async () => {
      const { store, bytes } = await storeWithMail(body);
      const smtp = await startScriptedSmtp({});
      try {
        expect(await tryOnce(store, smtp.port)).to.deep.include({ delivered: 1 });
        expect(smtp.bodies).to.have.length(1);
        const [wire = ""] = smtp.bodies;
        expect(wire.replaceAll("\r\n", "")).to.not.match(/[\r\n\0]/);
        expect(wire.slice(0, -5)).to.not.match(/\r\n\.(?!\.)/);
        expect(unstuffed(wire)).to.equal(bytes);
        expect(smtp.commands).to.deep.equal([
          "EHLO web1.example",
          "MAIL FROM:<logwinnow@web1.example>",
          "RCPT TO:<ops@elsewhere.example>",
          "DATA",
        ]);
      } finally {
        await smtp.close();
      }
    });
});

describe("Postfix's smtp-sink", () => {
  before(function () {
    needsTool(this, "smtp-sink");
  });

  /** Runs a try against a smtp-sink with these options. */
  async function trySink(
    options: readonly string[],
    deadlineMs = 5_000,
  ): Promise<{ round: Round; store: Store }> {
    const { store } = await storeWithMail();
    const port = await freePort();
    const asUser = process.geteuid?.() === 0 ? ["-u", "nobody"] : [];
    const path = `${process.env.PATH ?? ""}:/usr/sbin`;
    const sink = spawn("smtp-sink", [...asUser, ...options, `127.0.0.1:${port}`, "10"], {
      stdio: "ignore",
      env: { PATH: path },
    });
    try {
      await listening(port);
      return { round: await tryOnce(store, port, { deadlineMs }), store };
    } finally {
      sink.kill("SIGKILL");
      await once(sink, "exit");
    }
  }

  const commands = ["CONNECT", "EHLO,HELO", "MAIL", "RCPT", "DATA", "."];
  for (const command of commands) {
    it(`drops at ${command}: kept`, async () => {
      const { round } = await trySink(["-q", command.split(",")[0] ?? ""]);
      expect(round).to.deep.include({ delivered: 0, waiting: 1 });
    });
    it(`answers 4xx at ${command}: kept`, async () => {
      const { round } = await trySink(["-r", command]);
      expect(round).to.deep.include({ delivered: 0, waiting: 1 });
    });
    const isBeforeMail = command === "CONNECT" || command === "EHLO,HELO";
    it(`answers 5xx at ${command}: ${isBeforeMail ? "kept" : "parked"}`, async () => {
      const { round, store } = await trySink(["-f", command]);
      expect(round).to.deep.include({ delivered: 0, waiting: isBeforeMail ? 1 : 0 });
      expect(store.spool.failed()).to.have.length(isBeforeMail ? 0 : 1);
    });
  }

  it("takes its time before DATA: given up at the deadline", async () => {
    const { round } = await trySink(["-W", "DATA:30"], 700);
    expect(round).to.deep.include({ delivered: 0, waiting: 1 });
  });

  it("takes the mail when nothing is wrong", async () => {
    const { round } = await trySink([]);
    expect(round).to.deep.equal({ delivered: 1, waiting: 0, notices: [] });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

async function listening(port: number): Promise<void> {
  await until(`somebody listens on ${port}`, async () => {
    const socket = createConnection(port, "127.0.0.1");
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    });
    socket.destroy();
    return isOpen;
  });
}
