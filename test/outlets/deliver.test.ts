/** A round of the post: who is tried, in which order, and what is said of it. */
import { expect } from "chai";
import { deliverRound, noticesOfFailed } from "../../src/outlets/deliver.js";
import type { Transport } from "../../src/outlets/mail/message.js";
import type { Delivery } from "../../src/store/spool/payload.js";
import { openStore, type Store } from "../../src/store/store.js";
import { formatNotice } from "../../src/std/notice.js";
import { mailPayload, mailVia } from "../support/payloads.js";
import { ModelDisk } from "../support/model-disk.js";
import { useTimeZone } from "../support/time-zone.js";

const now = new Date("2026-03-01T12:00:00Z");
const to = ["root@web1.example"];

function storeWith(...texts: readonly string[]): Store {
  const { store } = openStore("/state", new ModelDisk(new Map([["/", new Map()]])), now);
  const payloads = texts.map((text) =>
    mailPayload({ envelope: { from: "a@web1.example", to }, bytes: Buffer.from(text) }),
  );
  store.commit({ positions: {}, payloads, toldNotices: {} }, now);
  return store;
}

/** Answers by the mail's text, and notes the order. */
function answering(answer: (text: string) => Delivery, tried: string[] = []): Transport {
  return ({ bytes }) => {
    const text = Buffer.from(bytes).toString();
    tried.push(text);
    return Promise.resolve(answer(text));
  };
}

const deferred: Delivery = {
  outcome: "deferred",
  reason: 'relay.example:25: 451 "try later"',
  remaining: to,
};
const refused: Delivery = {
  outcome: "refused",
  reason: 'relay.example:25: 550 "no such user"',
  remaining: to,
};

describe("deliver", () => {
  // Times that are said are local.
  useTimeZone("Asia/Kolkata");

  it("delivers all, oldest first", async () => {
    const store = storeWith("one", "two", "three");
    const tried: string[] = [];
    const transport = answering(() => ({ outcome: "delivered" }), tried);
    const round = await deliverRound(store.spool, store.spool.waiting(), [mailVia(transport)], {
      clock: () => now,
    });
    expect(round).to.deep.equal({ delivered: 3, waiting: 0, notices: [] });
    expect(tried).to.deep.equal(["one", "two", "three"]);
    expect(store.spool.waiting()).to.deep.equal([]);
  });

  it("says of a deferred mail who, why and when, of a refused one where it is", async () => {
    const store = storeWith("later", "never", "fine");
    const answers: Record<string, Delivery> = { later: deferred, never: refused };
    const transport = answering((text) => answers[text] ?? { outcome: "delivered" });
    const round = await deliverRound(store.spool, store.spool.waiting(), [mailVia(transport)], {
      clock: () => now,
    });
    expect(round).to.deep.include({ delivered: 1, waiting: 1 });
    expect(round.notices.map(formatNotice)).to.deep.equal([
      'relay.example:25: 451 "try later" for root@web1.example: kept in the spool as "00000001.1.mail", next try 17:31',
      'relay.example:25: 550 "no such user" for root@web1.example: parked as "failed/00000001.2.mail", see "logwinnow spool list"',
    ]);
    expect(noticesOfFailed(store.spool.failed()).map(formatNotice)).to.deep.equal([
      'failed/00000001.2.mail: could not be delivered for root@web1.example: relay.example:25: 550 "no such user": parked, tried again daily and by "logwinnow spool flush"',
    ]);
  });

  it("gives up the round after three deferrals in a row: a dead relay is not asked for every mail", async () => {
    const store = storeWith("1", "2", "3", "4", "5", "6");
    const tried: string[] = [];
    const round = await deliverRound(
      store.spool,
      store.spool.waiting(),
      [mailVia(answering(() => deferred, tried))],
      { clock: () => now },
    );
    expect(tried).to.deep.equal(["1", "2", "3"]);
    expect(round).to.deep.include({ delivered: 0, waiting: 6 });
  });

  it("mails that are deferred again and again hold up none of the others for ever", async () => {
    const store = storeWith("bad 1", "bad 2", "bad 3", "bad 4", "good 1", "good 2");
    const transport = answering((text) => (text.startsWith("bad") ? deferred : { outcome: "delivered" }));
    let rounds = 0;
    const entries = (): ReturnType<Store["spool"]["waiting"]> => store.spool.waiting();
    for (; entries().length > 4; rounds++)
      await deliverRound(store.spool, entries(), [mailVia(transport)], { clock: () => now });
    expect(rounds).to.equal(2);
  });

  it("parks a damaged mail without asking the transport", async () => {
    const store = storeWith("x");
    const spool = { payload: () => undefined, settle: store.spool.settle.bind(store.spool) };
    const tried: string[] = [];
    const transport = answering(() => ({ outcome: "delivered" }), tried);
    const round = await deliverRound(spool, store.spool.waiting(), [mailVia(transport)], {
      clock: () => now,
    });
    expect(tried).to.deep.equal([]);
    expect(round.notices.map(({ what }) => what).join()).to.match(/its file is damaged/);
  });

  it("a dead outlet holds up none of the others, and has deferrals of its own", async () => {
    const { store } = openStore("/state", new ModelDisk(new Map([["/", new Map()]])), now);
    const payloads = ["phone", "mail", "phone", "phone", "mail", "phone", "mail"].map((outlet, index) => ({
      outlet,
      idempotencyKey: `key ${index}`,
      contentType: "text/plain",
      bytes: Buffer.from(String(index)),
    }));
    store.commit({ positions: {}, payloads, toldNotices: {} }, now);
    const tried: string[] = [];
    const outletNamed = (name: string, delivery: Delivery) => ({
      name,
      deliver: (payload: { readonly idempotencyKey: string }) => {
        tried.push(`${name}: ${payload.idempotencyKey}`);
        return Promise.resolve(delivery);
      },
    });
    const dead: Delivery = { outcome: "deferred", reason: "phone: connection refused" };
    const outlets = [outletNamed("phone", dead), outletNamed("mail", { outcome: "delivered" })];
    const round = await deliverRound(store.spool, store.spool.waiting(), outlets, { clock: () => now });
    expect(round).to.deep.include({ delivered: 3, waiting: 4 });
    expect(tried.filter((line) => line.startsWith("phone"))).to.have.length(3);
    expect(store.spool.waiting().map(({ name, attempts }) => `${name} ${attempts}`)).to.deep.equal([
      "00000001.1.phone 1",
      "00000001.3.phone 1",
      "00000001.4.phone 1",
      "00000001.6.phone 0",
    ]);
  });

  it("keeps what waits for an outlet that is not configured any more, and says so", async () => {
    const store = storeWith("one", "two");
    const round = await deliverRound(store.spool, store.spool.waiting(), [], { clock: () => now });
    expect(round).to.deep.include({ delivered: 0, waiting: 2 });
    expect(round.notices.map(formatNotice)).to.deep.equal([
      "outlet mail: no outlet of this name is configured, and 2 of its payloads wait: kept in the spool",
    ]);
    expect(store.spool.waiting().map(({ attempts }) => attempts)).to.deep.equal([0, 0]);
  });
});
