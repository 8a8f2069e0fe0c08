/** Values are set in a text that somebody wrote: all else stays, to the letter. */
import { expect } from "chai";
import { valueIn, withValue } from "../../src/setup/edit-toml.js";

describe("a value that is set in a TOML file", () => {
  const to = ["mail", "to"] as const;
  const cases: readonly (readonly [string, string, string])[] = [
    ["an empty file", "", '[mail]\nto = "ops@example.org"\n'],
    [
      "a file without the table",
      '[report]\nlevel = "server" # ours\n',
      '[report]\nlevel = "server" # ours\n\n[mail]\nto = "ops@example.org"\n',
    ],
    [
      "a table without the key",
      '# mine\n[mail]\ntls = "off"\n',
      '# mine\n[mail]\ntls = "off"\nto = "ops@example.org"\n',
    ],
    [
      "a key with a comment",
      '[mail]\n  to = "root"  # who is on duty\n',
      '[mail]\nto = "ops@example.org"  # who is on duty\n',
    ],
    [
      "a key that is shown as a comment",
      '[mail]\n# Who gets it.\n#to = "root"\n\n#tls = "off"\n',
      '[mail]\n# Who gets it.\n#to = "root"\nto = "ops@example.org"\n\n#tls = "off"\n',
    ],
    [
      "a value of several lines",
      '[mail]\nto = [\n  "a@example.org", # one\n  "b@example.org",\n]\ntls = "off"\n',
      '[mail]\nto = "ops@example.org"\ntls = "off"\n',
    ],
    [
      "a key of the same name elsewhere",
      '[report]\nto = 1\n[mail]\n[[source]]\nto = "x"\n',
      '[report]\nto = 1\n[mail]\nto = "ops@example.org"\n[[source]]\nto = "x"\n',
    ],
    [
      "a list with lists in it before",
      '[mail]\nlist = [\n[1],\n[2],\n]\nto = "x"\n',
      '[mail]\nlist = [\n[1],\n[2],\n]\nto = "ops@example.org"\n',
    ],
    ["no newline at the end", '[mail]\nto = "x"', '[mail]\nto = "ops@example.org"\n'],
    ["a value with a hash", "[mail]\nto = 'a#b' # c\n", '[mail]\nto = "ops@example.org" # c\n'],
  ];
  for (const [words, before, after] of cases)
    it(`in ${words}`, () => {
      expect(withValue(before, to, "ops@example.org")).to.equal(after);
      expect(withValue(after, to, "ops@example.org"), "again").to.equal(after);
      expect(valueIn(after, to)).to.equal("ops@example.org");
    });

  it("as a list, with characters that TOML escapes", () => {
    const text = withValue("", ["rules", "directories"], ['/a "b"', "/c\\d\x7f"]);
    expect(valueIn(text, ["rules", "directories"])).to.deep.equal(['/a "b"', "/c\\d\x7f"]);
  });

  for (const [words, text] of [
    ["a dotted key", 'mail.to = "root"\n'],
    ["an inline table", 'mail = { to = "root" }\n'],
  ])
    it(`is refused in ${words}, which this cannot change`, () => {
      expect(() => withValue(text ?? "", to, "ops@example.org")).to.throw();
    });
});
