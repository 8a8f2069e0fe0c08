/** The short way into the engine: what it takes, what it gives, how it refuses. */
import { expect } from "chai";
import { compile, PatternSyntaxError } from "../../src/ere/index.js";

describe("compile", () => {
  it("tells which patterns match a line, of text or bytes, with or without its newline", () => {
    const patterns = compile(["^a+b$", "c", Buffer.from("é")]);
    expect(patterns.matches("aab")).to.deep.equal([0]);
    expect(patterns.matches("aab\n")).to.deep.equal([0]);
    expect(patterns.matches(Buffer.from("cé"))).to.deep.equal([1, 2]);
    expect(patterns.matches("")).to.deep.equal([]);
    expect(compile([]).matches("a")).to.deep.equal([]);
  });

  it("gives a list that the caller may change", () => {
    const patterns = compile(["a"]);
    patterns.matches("a").push(7);
    expect(patterns.matches("a")).to.deep.equal([0]);
  });

  it("reads characters and trailing white space as the options say", () => {
    expect(compile(["^.$"]).matches("é")).to.deep.equal([0]);
    expect(compile(["^.$"], { locale: "C" }).matches("é")).to.deep.equal([]);
    expect(compile(["a$"]).matches("a \t")).to.deep.equal([]);
    expect(compile(["a$"], { trimsTrailingSpace: true }).matches("a \t")).to.deep.equal([0]);
  });

  it("verifies back-references", () => {
    expect(compile(["^(a|b)\\1$"]).matches("bb")).to.deep.equal([0]);
    expect(compile(["^(a|b)\\1$"]).matches("ab")).to.deep.equal([]);
  });

  it("names the first pattern that cannot be used, and the place in it", () => {
    const refused = (...patterns: string[]): unknown => {
      try {
        return compile(patterns);
      } catch (error) {
        return error;
      }
    };
    expect(refused("a", "é(b", "[c"))
      .to.be.instanceOf(PatternSyntaxError)
      .and.deep.include({
        index: 1,
        column: 3,
        reason: "Unmatched ( or \\(",
        message: "pattern 1, column 3: Unmatched ( or \\(",
      });
    expect(refused("((a{999}){999}){999}")).to.be.instanceOf(PatternSyntaxError);
  });

  it("takes one line at a time", () => {
    expect(() => compile(["a"]).matches("a\nb")).to.throw(
      RangeError,
      "more than one line: text goes on after the newline at byte 2",
    );
  });
});
