/** The hosts of a kind: all of them, or it says that there are more. */
import { expect } from "chai";
import { Hosts } from "../../src/group/hosts.js";

describe("hosts of a kind", () => {
  it("names each once, in the order in which they came", () => {
    const hosts = new Hosts();
    for (const name of ["web1", "web1", undefined, "db1", "web1", "db1", "", "web2"]) hosts.add(name);
    expect(hosts.names).to.deep.equal(["web1", "db1", "web2"]);
  });

  it("keeps fifty, says that there are more, and goes on so", () => {
    const hosts = new Hosts();
    for (let number = 0; number < 5000; number++) hosts.add(`host${number}`);
    expect(hosts.names).to.have.length(51);
    expect(hosts.names.at(-1)).to.equal("");
    const later = new Hosts(hosts.names);
    later.add("another");
    later.add("host7");
    expect(later.names).to.deep.equal(hosts.names);
  });

  it("takes what is too long for no name", () => {
    const hosts = new Hosts();
    hosts.add("x".repeat(256));
    expect(hosts.names).to.deep.equal([]);
  });
});
