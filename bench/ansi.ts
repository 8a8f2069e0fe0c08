/** Turns what is printed for a terminal into HTML, for a picture of it: bold, dim and the eight colours. */

const colours = ["#2e3436", "#e5534b", "#57ab5a", "#c69026", "#6cb6ff", "#b083f0", "#56d4dd", "#adbac7"];

/** In: text with SGR sequences (ECMA-48, 8.3.117). Out: a page of a dark terminal, `columns` wide. */
export function terminalPage(text: string, columns: number): string {
  let [isBold, isDim, colour] = [false, false, ""];
  const spans = text.split("\x1b[").map((part, index) => {
    const [, codes = "", words = part] = index === 0 ? [] : (/^([\d;]*)m(.*)$/s.exec(part) ?? []);
    for (const code of index === 0 ? [] : codes.split(";").map(Number)) {
      if (code === 0) [isBold, isDim, colour] = [false, false, ""];
      else if (code === 1) isBold = true;
      else if (code === 2) isDim = true;
      else if (code === 22) [isBold, isDim] = [false, false];
      else if (code === 39) colour = "";
      else if (code >= 30 && code < 38) colour = colours[code - 30] ?? "";
    }
    const style = [
      isBold ? "font-weight:bold" : "",
      isDim ? "opacity:.6" : "",
      colour === "" ? "" : `color:${colour}`,
    ].filter((each) => each !== "");
    const escaped = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    return `<span style="${style.join(";")}">${escaped}</span>`;
  });
  return (
    '<!doctype html><meta charset="utf-8"><body style="margin:0;background:#22272e">' +
    `<pre style="margin:0;padding:16px;width:${columns}ch;font:14px/1.35 monospace;color:#d1d7e0">${spans.join("")}</pre>`
  );
}
