/**
 * How a mail looks: light colours at each element, dark ones in the style block, since many programs drop the block.
 * Promise: the block is below 4,000 bytes, and nothing in a mail is lost with it.
 */
import { grounds, lineColour, monospace, sansSerif, textColours, type TextColour } from "../tokens.js";
import { markupOf, type Attributes, type Markup } from "../markup.js";

/** Classes of one or two letters: each stands in the mail hundreds of times. */
const textClasses: Readonly<Record<TextColour, string>> = {
  text: "t",
  muted: "m",
  alarm: "a",
  violation: "v",
  new: "n",
  quiet: "o",
};

export const fonts = {
  body: `font:16px/22px ${sansSerif}`,
  title: "font-size:22px;line-height:28px;font-weight:700",
  heading: "font-size:16px;line-height:22px;font-weight:700",
  small: "font-size:14px;line-height:20px",
  figures: "font-size:13px;line-height:18px",
  log: `font:13px/19px ${monospace}`,
} as const;

/** Long words, such as paths, are broken where no other place is. */
export const breaksWords = "word-break:break-word;overflow-wrap:anywhere";

/** Text of a colour. `style`: declarations beside it. */
export function inColour(colour: TextColour, style = ""): Attributes {
  const rest = style === "" ? "" : `;${style}`;
  return { class: textClasses[colour], style: `color:${textColours[colour].light}${rest}` };
}

/** A cell that is nothing but a bar of a colour. */
export function barOf(colour: TextColour, style: string): Attributes {
  const { light } = textColours[colour];
  return { class: `b${textClasses[colour]}`, bgcolor: light, style: `background:${light};${style}` };
}

/** The ground of log text. */
export function codeGround(style: string): Attributes {
  const { light } = grounds.code;
  return { class: "c", bgcolor: light, style: `background:${light};${style}` };
}

/** The page itself, and the text on it. */
export function pageGround(style = ""): Attributes {
  return {
    class: "bg t",
    style: `background:${grounds.page.light};color:${textColours.text.light};${style}`,
  };
}

/** Text of a colour over a line. */
export function overLine(colour: TextColour, style: string): Attributes {
  const classes = `${textClasses[colour]} l`;
  return {
    class: classes,
    style: `color:${textColours[colour].light};border-bottom:1px solid ${lineColour.light};${style}`,
  };
}

/**
 * Gmail drops a block with a nested rule that it does not know, so there is none beside the one of dark mode. The web
 * mail of Outlook takes no such rule, but marks what it has turned dark.
 */
export const styleBlock: Markup = markupOf(
  [
    "<style>",
    ":root{color-scheme:light dark;supported-color-schemes:light dark}",
    "body{-webkit-text-size-adjust:100%;text-size-adjust:100%}",
    "a[x-apple-data-detectors],u+#b a{color:inherit!important;text-decoration:none!important}",
    "@media (prefers-color-scheme:dark){",
    ...darkRules("", ""),
    "}",
    ...darkRules("[data-ogsc] ", "[data-ogsb] "),
    "</style>",
    // Word, which shows mail in Outlook, knows none of the fonts.
    "<!--[if mso]><style>td,th,p,div,h1,h2,h3{font-family:'Segoe UI',Arial,sans-serif}" +
      "code,.c,.c div{font-family:Consolas,monospace!important}</style><![endif]-->",
  ].join("\n"),
);

function darkRules(ofText: string, ofGround: string): string[] {
  const colours = Object.keys(textClasses) as TextColour[];
  return [
    `${ofGround}.bg{background:${grounds.page.dark}!important}`,
    `${ofGround}.c{background:${grounds.code.dark}!important}`,
    `${ofGround}.l{border-color:${lineColour.dark}!important}`,
    ...colours.map((each) => `${ofText}.${textClasses[each]}{color:${textColours[each].dark}!important}`),
    ...colours.map(
      (each) => `${ofGround}.b${textClasses[each]}{background:${textColours[each].dark}!important}`,
    ),
  ];
}
