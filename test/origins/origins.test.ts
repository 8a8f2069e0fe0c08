/** Origins: the country of an address and who has its network, from files on this host. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Origins } from "../../src/origins/origins.js";
import { formatNotice } from "../../src/std/notice.js";
import { bitsOfIpv4, bitsOfIpv6, mmdbOf } from "../support/mmdb.js";

/** As Debian's tor-geoipdb has them: numbers of IPv4, addresses of IPv6. */
const countriesOfIpv4 = `# comment\n#\n3221225984,3221226239,NL\n3325256704,3325256959,US\n3405803776,3405804031,??\n`;
const countriesOfIpv6 = `# comment\n2001:db8::,2001:db8:0:ffff:ffff:ffff:ffff:ffff,JP\n2001:db8:7::,2001:db8:7:ffff:ffff:ffff:ffff:ffff,CA\n`;
const owners =
  "192.0.2.0\t192.0.2.255\t64496\tNL\tExample Hosting B.V.\n198.51.100.0\t198.51.100.255\t0\tNone\tNot routed\n203.0.113.0\t203.0.113.127\t64497\tZZ\t\n2001:db8::\t2001:db8:0:ffff:ffff:ffff:ffff:ffff\t64498\tJP\tExample-AS\n";

const country = mmdbOf([
  [bitsOfIpv4("192.0.2.0", 24), { country: { iso_code: "NL", names: { en: "Netherlands" } } }],
  [bitsOfIpv4("203.0.113.0", 25), { registered_country: { iso_code: "CA" } }],
  [bitsOfIpv6("2001:db8:0:0:0:0:0:0", 32), { country: { iso_code: "JP" } }],
]);
const system = mmdbOf([
  [
    bitsOfIpv4("192.0.2.0", 24),
    { autonomous_system_number: 64496, autonomous_system_organization: "Example Hosting é" },
  ],
  [bitsOfIpv4("203.0.113.0", 24), { country: "US", asn: "AS64497" }],
]);

describe("origins", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "logwinnow-origins-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function origins(...contents: readonly (string | Buffer)[]): Origins {
    const files = contents.map((content, index) => {
      const path = join(directory, `table${index}`);
      writeFileSync(path, content);
      return path;
    });
    return new Origins({ files });
  }

  const utf8 = (text: string): string => Buffer.from(text).toString("latin1");
  const tables: readonly {
    readonly what: string;
    readonly files: readonly (string | Buffer)[];
    readonly known: Readonly<Record<string, object>>;
  }[] = [
    {
      what: "countries of tor-geoipdb",
      files: [countriesOfIpv4, countriesOfIpv6],
      known: {
        "192.0.2.0": { country: "NL" },
        "192.0.2.255": { country: "NL" },
        "::ffff:192.0.2.7": { country: "NL" },
        "192.0.3.0": {},
        "192.0.1.255": {},
        "198.51.100.7": { country: "US" },
        "203.0.113.7": {},
        "2001:db8::1": { country: "JP" },
        "2001:db8:1::1": {},
        "2001:DB8:7:1::": { country: "CA" },
        "::1": {},
        "ffff::": {},
        "host.example.net": {},
        "": {},
      },
    },
    {
      what: "owners of iptoasn.com",
      files: [owners],
      known: {
        "192.0.2.7": { country: "NL", owner: "Example Hosting B.V." },
        "198.51.100.7": {},
        "203.0.113.7": { country: "ZZ", owner: "AS64497" },
        "203.0.113.200": {},
        "2001:db8::1": { country: "JP", owner: "Example-AS" },
      },
    },
    {
      what: "mmdb files of several makers",
      files: [country, system],
      known: {
        "192.0.2.7": { country: "NL", owner: utf8("Example Hosting é") },
        "203.0.113.7": { country: "CA", owner: "AS64497" },
        "203.0.113.200": { country: "US", owner: "AS64497" },
        "2001:db8:1::1": { country: "JP" },
        "198.51.100.7": {},
        "host.example.net": {},
      },
    },
    { what: "nothing", files: [], known: { "192.0.2.7": {} } },
  ];
  for (const { what, files, known } of tables) {
    it(`from ${what}`, () => {
      const asked = origins(...files);
      for (const [address, origin] of Object.entries(known))
        expect(asked.of(address), address).to.deep.equal(origin);
      expect(asked.areKnown).to.equal(files.length > 0);
      expect(asked.notices()).to.deep.equal([]);
    });
  }

  it("a table that is not in order, or damaged within, never gives a wrong answer", () => {
    const rows = Array.from(
      { length: 200 },
      (_, row) => `192.0.2.${row}\t192.0.2.${row}\t${row + 1}\tNL\tAS ${row}`,
    );
    for (const [first, second] of [
      [0, 199],
      [90, 110],
    ] as const) {
      const shuffled = rows.with(first, rows[second] ?? "").with(second, rows[first] ?? "");
      const asked = origins(`${shuffled.join("\n")}\n`);
      for (let row = 0; row < 200; row++)
        expect([`AS ${row}`, undefined]).to.include(asked.of(`192.0.2.${row}`).owner);
    }
    const asked = origins(`${rows.with(100, "damaged").join("\n")}\n`);
    for (let row = 0; row < 200; row++)
      expect([`AS ${row}`, undefined]).to.include(asked.of(`192.0.2.${row}`).owner);
  });

  it("each cut of an mmdb file answers rightly, or not at all", () => {
    for (let length = 0; length < country.length; length += 7) {
      const asked = origins(country.subarray(0, length));
      expect([undefined, "NL"]).to.include(asked.of("192.0.2.7").country);
    }
    for (let index = 0; index < country.length; index += 3) {
      const damaged = Buffer.from(country);
      damaged[index] = 0xff;
      expect(() => origins(damaged).of("192.0.2.7")).to.not.throw();
    }
  });

  it("a file that cannot be used is named, and the others are asked", () => {
    const asked = new Origins({
      files: [join(directory, "missing"), directory, ...filesOf("no table\n", owners)],
    });
    expect(asked.notices()).to.deep.equal([]);
    expect(asked.of("192.0.2.7").country).to.equal("NL");
    expect(asked.notices().map(formatNotice)).to.deep.equal([
      `${directory}/missing: cannot be read: no such file or directory (ENOENT): not asked for countries and owners`,
      `${directory}: is not a regular file: not asked for countries and owners`,
      `${directory}/table0: is neither an mmdb file nor a table: not asked for countries and owners`,
    ]);
  });

  function filesOf(...contents: readonly string[]): readonly string[] {
    return contents.map((content, index) => {
      const path = join(directory, `table${index}`);
      writeFileSync(path, content);
      return path;
    });
  }

  it("a flood of addresses is not looked up without end, and says so", () => {
    const asked = origins(owners);
    for (let index = 0; index < 20_000; index++)
      asked.of(`10.${index >>> 16}.${(index >>> 8) & 255}.${index & 255}`);
    expect(asked.of("192.0.2.7")).to.deep.equal({});
    expect(asked.notices().map(formatNotice)).to.deep.equal([
      "origins: more than 20000 addresses: the country and the owner of the others are taken for unknown",
    ]);
  });
});
