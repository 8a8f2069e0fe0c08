/** Firewall lines: direction, addresses and ports, whatever prefix the user gave them. */
import { expect } from "chai";
import { readFirewall } from "../../src/entry/firewall.js";
import { readEntry } from "../../src/entry/header.js";

const tail = "MAC=aa:bb LEN=40 TTL=241 ID=5 PROTO=TCP SPT=40000 DPT=22 WINDOW=1024 SYN URGP=0";

describe("firewall: what netfilter says about a packet", () => {
  it("ufw, inbound", () => {
    expect(
      readFirewall(`[12345.678] [UFW BLOCK] IN=eth0 OUT= SRC=192.0.2.7 DST=10.0.0.5 ${tail}`),
    ).to.deep.equal({
      direction: "inbound",
      prefix: "[UFW BLOCK]",
      sourceAddress: "192.0.2.7",
      destinationAddress: "10.0.0.5",
      protocol: "TCP",
      sourcePort: 40000,
      destinationPort: 22,
    });
  });

  const directions = {
    inbound: "drop: IN=eth0 OUT= SRC=192.0.2.7",
    outbound: "DROP:IN= OUT=eth0 SRC=192.0.2.7",
    forwarded: "IN=eth0 OUT=eth1 SRC=192.0.2.7",
  };
  for (const [direction, message] of Object.entries(directions)) {
    it(`${direction}: ${message}`, () => {
      expect(readFirewall(message)).to.include({ direction, sourceAddress: "192.0.2.7" });
    });
  }

  it("the packet that an ICMP error quotes does not stand in for the packet itself", () => {
    const message =
      "IN=eth0 OUT= SRC=192.0.2.1 PROTO=ICMP TYPE=3 [SRC=10.0.0.5 DST=1.1.1.1 PROTO=UDP SPT=1 DPT=53 ]";
    expect(readFirewall(message)).to.include({ sourceAddress: "192.0.2.1", protocol: "ICMP" });
  });

  const others = [
    "usb 1-1: new device",
    "IN= OUT= nothing",
    "IN=eth0 only",
    "BEGIN=1 ROUT=2",
    "IN=eth0 and OUT=eth1",
    "",
  ];
  for (const message of others) {
    it(`no packet: "${message}"`, () => {
      expect(readFirewall(message)).to.equal(undefined);
    });
  }

  it("only the kernel's word counts: a program cannot make an entry look like a packet", () => {
    const line = (app: string) => `Nov 22 00:41:26 web1 ${app}: IN=eth0 OUT= SRC=192.0.2.7`;
    expect(readEntry(line("kernel"), new Date()).firewall).to.include({ direction: "inbound" });
    expect(readEntry(line("sshd[812]"), new Date()).firewall).to.equal(undefined);
  });
});
