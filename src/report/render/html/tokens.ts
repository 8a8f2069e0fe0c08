/**
 * The colours of HTML forms, by what they mean.
 * Promise: each text colour has a contrast of at least 4.5 to 1 on the page and on the ground of log text, light and dark
 * (WCAG 2.2, 1.4.3), and none is the only bearer of a meaning.
 */

export interface Colour {
  readonly light: string;
  readonly dark: string;
}

export type TextColour = "text" | "muted" | "alarm" | "violation" | "new" | "quiet";
export type Ground = "page" | "code";

export const textColours: Readonly<Record<TextColour, Colour>> = {
  text: { light: "#1b1f24", dark: "#e6e9ec" },
  muted: { light: "#57606a", dark: "#a3adb8" },
  alarm: { light: "#b42318", dark: "#ff9a90" },
  violation: { light: "#8a4b00", dark: "#f0b454" },
  new: { light: "#0550ae", dark: "#8cbcff" },
  quiet: { light: "#1a6b34", dark: "#7ccf90" },
};

export const grounds: Readonly<Record<Ground, Colour>> = {
  page: { light: "#ffffff", dark: "#14171a" },
  code: { light: "#f6f8fa", dark: "#1d2227" },
};

/** Of lines between rows: decoration. */
export const lineColour: Colour = { light: "#d0d7de", dark: "#3a424a" };

export const sansSerif: string =
  "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
export const monospace: string = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace";
