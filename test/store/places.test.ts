import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { cacheDirectory, stateDirectory } from "../../src/store/places.js";

describe("where state and cache live", () => {
  const box = new Sandbox();
  after(() => box.remove());
  const ours = box.directory;
  const me = process.geteuid?.() ?? -1;
  const home = { HOME: "/home/ann", XDG_STATE_HOME: "/xdg/state", XDG_CACHE_HOME: "/xdg/cache" };
  const nobody = me + 4711;

  it("is what systemd says, the first of several", () => {
    expect(stateDirectory({ ...home, STATE_DIRECTORY: "/s:/t" }, me, ours)).to.equal("/s");
    expect(cacheDirectory({ ...home, CACHE_DIRECTORY: "/c" }, me, ours)).to.equal("/c");
  });

  it("is the system's for the user that the packaging gave it to, and for root", () => {
    expect(stateDirectory(home, me, ours)).to.equal(ours);
    expect(cacheDirectory(home, me, ours)).to.equal(ours);
    expect(stateDirectory(home, 0, "/does/not/exist")).to.equal("/does/not/exist");
  });

  it("is the user's own for everybody else", () => {
    expect(stateDirectory(home, nobody, ours)).to.equal("/xdg/state/logwinnow");
    expect(stateDirectory({ HOME: "/home/ann" }, nobody, "/does/not/exist")).to.equal(
      "/home/ann/.local/state/logwinnow",
    );
    expect(cacheDirectory({ HOME: "/home/ann" }, nobody, ours)).to.equal("/home/ann/.cache/logwinnow");
  });

  it("without a home: no cache, and no state without being told where", () => {
    expect(cacheDirectory({}, nobody, ours)).to.equal(undefined);
    expect(() => stateDirectory({}, nobody, ours)).to.throw("--state");
  });
});
