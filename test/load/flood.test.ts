import { expect } from "chai";
import { closeSync, openSync, readdirSync, readFileSync, statSync, writeSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import PostalMime from "postal-mime";
import { isLong, randomStream } from "../support/seed.js";
import { Sandbox } from "../support/cli.js";
import { ledgerIn, unwrapped } from "../support/mail-text.js";

const alarm = "Nov 22 00:41:26 web1 app[1]: the store is open";

/** A line as mails show it. */
const withoutHeader = (line: string): string => line.slice("Nov 22 00:41:26 web1 ".length);

describe("a flood that would bury an alarm", function () {
  this.timeout(300_000);
  let box: Sandbox;
  before(() => {
    box = new Sandbox();
    box.write("rules/never.d/app", "the store is open$\n");
    box.write(
      "logwinnow.toml",
      `[mail]\nto = "ops"\ntransport = "file:outbox"\n[rules]\ndirectories = ["rules"]\n` +
        `[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
    );
  });
  after(() => box.remove());

  it("leaves the alarm on top, the mail small, the counts exact, and every line in the report file", async () => {
    const count = isLong ? 1_000_000 : 200_000;
    const random = randomStream();
    const word = (): string => random().toString(36).slice(2, 9);
    const descriptor = openSync(box.path("app.log"), "w");
    for (let index = 0; index < count; index++) {
      if (index === count / 2) writeSync(descriptor, `${alarm}\n`);
      writeSync(
        descriptor,
        `Nov 22 00:41:26 web1 ${word()}[${index}]: ${word()} ${word()} hit ${word()} in ${word()}\n`,
      );
    }
    closeSync(descriptor);

    const { status, stderr } = box.run(["check", "--config", box.path("logwinnow.toml")]);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });

    const mails = readdirSync(box.path("outbox")).sort();
    expect(mails).to.have.length(1);
    const texts: string[] = [];
    for (const name of mails) {
      expect(statSync(box.path("outbox", name)).size).to.be.below(100_000);
      const { subject = "", text = "" } = await PostalMime.parse(readFileSync(box.path("outbox", name)));
      expect(subject).to.match(/^ALARM /);
      texts.push(text);
    }
    const [text = ""] = texts.map(unwrapped);
    expect(text.indexOf(withoutHeader(alarm))).to.be.within(0, 700);
    const { read, reported = 0, counted = 0 } = ledgerIn(text, "app.log") ?? {};
    expect(read).to.equal(count + 1);
    expect(reported + counted).to.equal(count + 1);

    // Shown in the mail or kept in the report file: each line exactly once.
    const full = readdirSync(box.path("state/full"))
      .filter((name) => name.endsWith(".log.gz"))
      .map((name) => gunzipSync(readFileSync(box.path("state/full", name))));
    const kept = full.flatMap((bytes) => bytes.toString().trimEnd().split("\n"));
    expect(kept).to.have.length(counted);
    const shown = text
      .split("\n")
      .flatMap((line) => /^ {2}[ >] (?:\d\d \w{3} )?\d\d:\d\d:\d\d (?:web1 )?(.*)$/.exec(line)?.[1] ?? []);
    const written = readFileSync(box.path("app.log"), "utf8").trimEnd().split("\n");
    expect(new Set([...kept.map(withoutHeader), ...shown]).size).to.equal(
      new Set(written.map(withoutHeader)).size,
    );
  });
});
