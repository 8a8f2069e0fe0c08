/** What HTML is made of: nothing but our own elements, and texts that stay texts. */
import { expect } from "chai";
import { logText } from "../../../../src/report/render/html/log-text.js";
import { element, joined, text, type Markup } from "../../../../src/report/render/html/markup.js";
import { inSourceLines } from "../../../../src/report/render/html/source-lines.js";
import { escaped } from "../../../../src/std/text/escape.js";
import { hostileTexts } from "../../../support/hostile-texts.js";
import { readBack } from "../../../support/html.js";

const page = (...children: readonly Markup[]): string =>
  `<!DOCTYPE html><html><head><title>t</title></head><body>${inSourceLines(joined(children))}</body></html>`;

describe("HTML: a text stays a text", () => {
  it("read back, each hostile line is what the text form shows, and there is no element of its own", () => {
    for (const line of hostileTexts) {
      const shown = escaped(line);
      const html = page(
        element("p", { title: shown }, text(shown)),
        element("div", { class: "c" }, logText(shown)),
      );
      const { text: read, elements, comments, errors } = readBack(html);
      expect(read).to.equal(shown + shown);
      expect([...elements]).to.include.members(["p[title]", "div[class]"]);
      const others = [...elements].filter((each) => !/^(html|head|title|body|p|div|span)\[/.test(each));
      expect([others, comments, errors]).to.deep.equal([[], [], []]);
    }
  });

  it("what was not made printable before is shown by its number", () => {
    const raw = "\u0000\u001b\u0085\u202e\u2028\ud800\udc41\uffff\u{1ffff}";
    const { text: read, errors } = readBack(page(element("p", {}, text(raw))));
    expect(read).to.equal(
      "\\u{0}\\u{1b}\\u{85}\\u{202e}\\u{2028}\ud800\udc41\\u{ffff}\\u{1ffff}".replace(
        "\ud800\udc41",
        "\u{10041}",
      ),
    );
    expect(readBack(page(text("a\ud800b\udc41c"))).text).to.equal("a\\u{d800}b\\u{dc41}c");
    expect(errors).to.deep.equal([]);
  });

  it("leaves as ASCII, in lines that mail may have, none of which begins with log text", () => {
    const html = page(...hostileTexts.map((line) => element("div", { class: "x" }, logText(escaped(line)))));
    expect(html).to.match(/^[\n\x20-\x7e]*$/);
    const lines = html.split("\n");
    expect(Math.max(...lines.map(({ length }) => length))).to.be.below(998);
    expect(lines.slice(1).filter((line) => !/^(>|[a-z]+=")/.test(line))).to.deep.equal([]);
    expect(lines.length).to.be.greaterThan(20);
  });

  it("no piece of log text between two tags looks like an address, a host or a link", () => {
    const linked =
      "see https://evil.example/x.html, www.evil.example, ops@evil.example, 192.0.2.1:80, 2001:db8::1";
    const pieces = logText(linked).split("<span></span>");
    expect(pieces.join("")).to.equal(linked);
    expect(pieces.filter((piece) => /[^.]\.[^.]|:[^ ]/.test(piece))).to.deep.equal([]);
  });
});
