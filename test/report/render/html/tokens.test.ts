/** The colours of HTML forms can be read. */
import { expect } from "chai";
import { grounds, textColours } from "../../../../src/report/render/html/tokens.js";

/** WCAG 2.2: relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe("colours: everybody can read them", () => {
  it("has a contrast of at least 4.5 for each text on each ground, light and dark", () => {
    expect(contrast("#000000", "#ffffff")).to.be.closeTo(21, 0.01);
    const weak = Object.entries(textColours).flatMap(([text, colour]) =>
      Object.entries(grounds).flatMap(([ground, under]) =>
        (["light", "dark"] as const)
          .filter((scheme) => contrast(colour[scheme], under[scheme]) < 4.5)
          .map((scheme) => `${text} on ${ground}, ${scheme}`),
      ),
    );
    expect(weak).to.deep.equal([]);
  });
});
