/** F14: power loss at each operation of a run, every survivable state of the disk: nothing lost, nothing told twice. */
import { expect } from "chai";
import type { Transport } from "../../src/outlets/mail/message.js";
import { DiskError } from "../../src/std/disk.js";
import { openStore } from "../../src/store/store.js";
import { ModelDisk, PowerLoss, type Image } from "../support/model-disk.js";
import { isLong, randomStream } from "../support/seed.js";
import { linesOf, linesRead, linesRemembered, now, smallRun } from "../support/small-run.js";

const directory = "/var/lib/logwinnow";
const firstLines = ["line 1", "line 2", "line 3", "line 4"];
const allLines = [...firstLines, "line 5", "line 6", "line 7"];

interface Mailbox {
  readonly mails: Map<string, number>;
  readonly transport: Transport;
}

/** Counts how often each mail came. `refuses` defers that many mails first. */
function mailbox(mails: ReadonlyMap<string, number> = new Map(), defers = 0): Mailbox {
  const received = new Map(mails);
  let left = defers;
  return {
    mails: received,
    transport: ({ envelope, bytes }) => {
      if (left-- > 0)
        return Promise.resolve({
          outcome: "deferred",
          reason: "relay:25: try later",
          remaining: envelope.to,
        });
      const key = Buffer.from(bytes).toString();
      received.set(key, (received.get(key) ?? 0) + 1);
      return Promise.resolve({ outcome: "delivered" });
    },
  };
}

/** A host that has run before, with one mail still waiting. */
async function hostAtWork(): Promise<{ image: Image; mails: ReadonlyMap<string, number> }> {
  const disk = new ModelDisk(new Map([["/var/lib", new Map()]]));
  const { mails, transport } = mailbox(new Map(), 1);
  await smallRun(openStore(directory, disk, now).store, firstLines, transport);
  expect(disk.list(`${directory}/spool`)).to.have.length(1);
  return { image: disk.image(), mails };
}

function account(mails: ReadonlyMap<string, number>): { lost: number; duplicated: number; resent: number } {
  const told = [...mails.keys()].flatMap((mail) => linesOf(Buffer.from(mail)));
  const times = allLines.map((line) => told.filter((other) => other === line).length);
  return {
    lost: times.filter((count) => count === 0).length,
    duplicated: times.filter((count) => count > 1).length,
    resent: [...mails.values()].reduce((sum, count) => sum + count - 1, 0),
  };
}

async function recover(
  image: Image,
  mails: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, number>> {
  const box = mailbox(mails);
  const disk = new ModelDisk(image);
  const opened = openStore(directory, disk, now);
  expect(opened.notices, "a power loss is nothing to be told of").to.deep.equal([]);
  expect(linesRemembered(opened.store), "what is remembered is of the state's commit").to.equal(
    linesRead(opened.store),
  );
  const { commitNumber, hasOpenReport } = opened.store.state;
  if (commitNumber > 0 && !hasOpenReport) {
    const [reportFile = ""] = disk.list(`${directory}/full`).slice(-1);
    expect(Number(reportFile.slice(0, 8)), "the report file of a finished report").to.equal(commitNumber);
    expect(linesOf(disk.read(`${directory}/full/${reportFile}`) ?? new Uint8Array())).to.not.deep.equal([]);
  }
  await smallRun(opened.store, allLines, box.transport);
  return box.mails;
}

describe("power loss (F14)", () => {
  const starts = {
    "on a host at work": hostAtWork,
    "on the first run of all": () =>
      Promise.resolve({
        image: new Map([["/var/lib", new Map()]]) as Image,
        mails: new Map<string, number>(),
      }),
  };
  for (const [title, start] of Object.entries(starts))
    it(`loses nothing and tells nothing twice, ${title}`, async () => {
      const { image, mails } = await start();
      let points = 0;
      let images = 0;
      let mostResent = 0;
      for (let failsAt = 0; ; failsAt++) {
        const disk = new ModelDisk(image, failsAt);
        const box = mailbox(mails);
        let failed = "";
        try {
          await smallRun(openStore(directory, disk, now).store, allLines, box.transport);
        } catch (error) {
          if (!(error instanceof PowerLoss)) throw error;
          failed = error.message;
        }
        for (const found of disk.imagesAfterPowerLoss()) {
          images += 1;
          const { lost, duplicated, resent } = account(await recover(found, box.mails));
          expect({ lost, duplicated }, `power lost before "${failed}"`).to.deep.equal({
            lost: 0,
            duplicated: 0,
          });
          expect(resent, `power lost before "${failed}"`).to.be.at.most(1);
          mostResent = Math.max(mostResent, resent);
        }
        if (failed === "") break;
        points += 1;
      }
      console.log(`      ${points} points, ${images} disks, at most ${mostResent} resend`);
      expect(points).to.be.greaterThan(25);
    });

  it("power that fails again and again, also while a run makes up for the last time", async () => {
    const random = randomStream();
    const below = (bound: number): number => Math.floor(random() * bound);
    const stories = isLong ? 20_000 : 300;
    for (let story = 0; story < stories; story++) {
      let { image, mails } = await hostAtWork();
      const failures: string[] = [];
      for (let losses = 1 + below(4); losses > 0; losses--) {
        const disk = new ModelDisk(image, below(45));
        const box = mailbox(mails);
        try {
          await smallRun(openStore(directory, disk, now).store, allLines, box.transport);
        } catch (error) {
          if (!(error instanceof PowerLoss)) throw error;
          failures.push(error.message);
        }
        const found = [...disk.imagesAfterPowerLoss()];
        image = found[below(found.length)] ?? image;
        mails = box.mails;
      }
      const { lost, duplicated, resent } = account(await recover(image, mails));
      expect({ lost, duplicated }, failures.join(", then ")).to.deep.equal({ lost: 0, duplicated: 0 });
      expect(resent, failures.join(", then ")).to.be.at.most(failures.length);
    }
  });

  it("an error of the disk at any operation stops the run, and the next one makes up for it (F15, F16)", async () => {
    const { image, mails } = await hostAtWork();
    for (let errorAt = 0; ; errorAt++) {
      const disk = new ModelDisk(image, Infinity, errorAt);
      const box = mailbox(mails);
      let thrown: unknown;
      try {
        await smallRun(openStore(directory, disk, now).store, allLines, box.transport);
      } catch (error) {
        thrown = error;
      }
      if (disk.operations.length <= errorAt) break;
      expect(thrown, disk.operations[errorAt]).to.be.instanceOf(DiskError);
      const { lost, duplicated, resent } = account(await recover(disk.image(), box.mails));
      expect({ lost, duplicated }, disk.operations[errorAt]).to.deep.equal({ lost: 0, duplicated: 0 });
      expect(resent).to.be.at.most(1);
    }
  });
});
