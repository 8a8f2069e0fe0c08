/** The hourly job and a real Postfix: from the log line to the mailbox. */
import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { needsRoot, needsTool } from "../support/tools.js";
import { postfixRecipient, PrivatePostfix } from "../support/private-postfix.js";
import { until } from "../support/until.js";
import { alarm, HourlyJob, odd, routine, said, silence } from "./hourly.js";

describe("the hourly job and Postfix", () => {
  let directory: string | undefined;
  let postfix: PrivatePostfix;
  let job: HourlyJob;
  before(async function () {
    needsTool(this, "postfix");
    needsRoot(this);
    directory = mkdtempSync(join(tmpdir(), "logwinnow-postfix-"));
    postfix = await PrivatePostfix.start(directory);
  });
  after(() => {
    if (directory === undefined) return;
    postfix.stop();
    rmSync(directory, { recursive: true });
  });
  afterEach(() => job.remove());

  const ways = {
    smtp: () => `transport = "smtp://127.0.0.1:${postfix.port}"`,
    sendmail: () => `transport = "sendmail"\nsendmail = "${postfix.sendmail}"`,
  };
  for (const [way, transport] of Object.entries(ways))
    it(`ends in the mailbox, by ${way}`, async () => {
      job = new HourlyJob(`to = "${postfixRecipient}"\nfrom = "logwinnow@web1.example"\n${transport()}`);
      job.append(odd("one"), routine, alarm, `${odd("café")}${odd(".")}.\n..\n`);
      const before = postfix.mails().length;
      expect(said(await job.run())).to.deep.equal(silence);
      const [received, ...more] = await until(`a mail by ${way} is in the mailbox`, () => {
        const fresh = postfix.mails().slice(before);
        return fresh.length > 0 && fresh;
      });
      expect(more).to.deep.equal([]);
      const mail = await PostalMime.parse(Buffer.from(received ?? "", "latin1"));
      expect(mail.subject).to.match(/^ALARM [^ ]+: rule app:1$/);
      expect(mail.from?.address).to.equal("logwinnow@web1.example");
      expect(mail.text).to.include("odd one").and.include("odd café").and.not.include("all is well");
      expect(mail.text)
        .to.match(/^ +\.$/m)
        .and.match(/^ +\.\.$/m);
      expect(said(await job.run())).to.deep.equal(silence);
      expect(postfix.mails()).to.have.length(before + 1);
    });
});
