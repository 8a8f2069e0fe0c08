/** Delivery into a directory, and the file with the credentials. */
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readCredentials } from "../../../src/outlets/mail/credentials.js";
import { directoryTransport } from "../../../src/outlets/mail/directory.js";
import { realDisk } from "../../../src/std/disk.js";

/** Gives each test of a suite a directory of its own. */
function ownDirectory(): () => string {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "logwinnow-outbox-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  return () => directory;
}

describe("mail into a directory", () => {
  const directory = ownDirectory();
  const envelope = { from: "a@web1.example", to: ["b@web1.example"] };
  const message = (text: string) => ({ envelope, bytes: Buffer.from(text) });

  it("one file a mail, private, byte for byte; the same mail twice is one file", async () => {
    const outbox = join(directory(), "outbox");
    const transport = directoryTransport(outbox, realDisk);
    const mail = "Subject: x\r\nMessage-ID: <0123.4.abc@web1.example>\r\n\r\nhello\r\n";
    for (const text of [mail, mail, mail.replace(".4.", ".5.")])
      expect(await transport(message(text))).to.deep.equal({ outcome: "delivered" });
    expect(readdirSync(outbox)).to.deep.equal(["0123.4.abc@web1.example.eml", "0123.5.abc@web1.example.eml"]);
    expect(readFileSync(join(outbox, "0123.4.abc@web1.example.eml"), "utf8")).to.equal(mail);
    expect(statSync(join(outbox, "0123.4.abc@web1.example.eml")).mode & 0o7777).to.equal(0o600);
  });

  it("no Message-ID leads out of the directory", async () => {
    const outbox = join(directory(), "outbox");
    const transport = directoryTransport(outbox, realDisk);
    for (const id of ["../../etc/passwd", "..", "/abs", ".hidden", "x".repeat(900), "a\tb"])
      expect(await transport(message(`Message-ID: <${id}>\r\n\r\nx`))).to.deep.equal({
        outcome: "delivered",
      });
    expect(await transport(message("no headers at all"))).to.deep.equal({ outcome: "delivered" });
    expect(readdirSync(directory())).to.deep.equal(["outbox"]);
    expect(
      readdirSync(outbox).filter((name) => name.endsWith(".eml") && !name.startsWith(".")),
    ).to.have.length(7);
  });

  it("carries on over what a crash has left", async () => {
    const outbox = join(directory(), "outbox");
    const transport = directoryTransport(outbox, realDisk);
    const mail = message("Message-ID: <1@x>\r\n\r\nx");
    await transport(mail);
    writeFileSync(join(outbox, ".1@x.eml.tmp"), "half a ma");
    expect(await transport(mail)).to.deep.equal({ outcome: "delivered" });
    expect(readdirSync(outbox)).to.deep.equal(["1@x.eml"]);
  });

  it("defers when the directory cannot be used", async () => {
    writeFileSync(join(directory(), "file"), "");
    const delivery = await directoryTransport(join(directory(), "file"), realDisk)(message("x"));
    expect(delivery).to.deep.include({ outcome: "deferred", remaining: envelope.to });
    expect(JSON.stringify(delivery)).to.match(/file: is not a directory/);
  });
});

describe("credentials", () => {
  const directory = ownDirectory();
  function written(text: string, mode = 0o600): string {
    const path = join(directory(), "smtp");
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  }

  it("are two lines of a private file", () => {
    const value = { user: "ops", password: " p:a ss=#" };
    expect(readCredentials(written("ops\n p:a ss=#\n"))).to.deep.equal({ ok: true, value });
    expect(readCredentials(written("ops\n p:a ss=#"))).to.deep.equal({ ok: true, value });
  });

  for (const mode of [0o644, 0o640, 0o604, 0o660, 0o602])
    it(`are refused with mode ${mode.toString(8)}`, () =>
      expect(readCredentials(written("ops\nsecret\n", mode))).to.deep.equal({
        ok: false,
        expected: `mode 0600 (it is 0${mode.toString(8)})`,
      }));

  for (const text of ["", "ops", "ops\n", "ops\n\n", "\nsecret", "ops\nsecret\nmore\n", "o\0\nsecret\n"])
    it(`${JSON.stringify(text)} is refused, and not shown`, () =>
      expect(readCredentials(written(text))).to.deep.equal({
        ok: false,
        expected: "two lines: the user, the password",
      }));

  it("a missing file, a directory and a dangling link are refused with the reason", () => {
    symlinkSync(join(directory(), "nowhere"), join(directory(), "link"));
    for (const path of [join(directory(), "nothing"), join(directory(), "link")])
      expect(readCredentials(path)).to.deep.include({
        expected: "a readable file: no such file or directory (ENOENT)",
      });
    chmodSync(directory(), 0o700);
    expect(readCredentials(directory()).ok).to.equal(false);
  });
});
