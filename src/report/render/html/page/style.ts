/** How the report file looks: on a screen, light and dark, and printed. */
import { grounds, lineColour, monospace, sansSerif, textColours, type Colour } from "../tokens.js";

const variables: Readonly<Record<string, Colour>> = {
  page: grounds.page,
  code: grounds.code,
  line: lineColour,
  ...textColours,
};

function variablesOf(scheme: keyof Colour): string {
  return Object.entries(variables)
    .map(([name, colour]) => `--${name}:${colour[scheme]}`)
    .join(";");
}

/**
 * Without characters that HTML would read otherwise in a `style` element. Kinds out of sight are laid out when they come into
 * sight: a page of 2,200 kinds is there in 0.8 s instead of 2.3 to 4, on a busy machine. What they hold is cut at their
 * edges, so that the sign of the focus stands inside.
 */
export const pageStyle = `
:root{color-scheme:light dark;${variablesOf("light")};--mono:${monospace}}
@media (prefers-color-scheme:dark){:root{${variablesOf("dark")}}}
*{box-sizing:border-box}
html{scroll-padding-top:5rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.45 ${sansSerif}}
header,main,footer{max-width:60rem;margin:0 auto;padding:0 1rem}
header{padding-top:1.25rem;border-top:4px solid var(--accent)}
.alarm{--accent:var(--alarm)}.violation{--accent:var(--violation)}.new{--accent:var(--new)}
.known{--accent:var(--muted)}.quiet{--accent:var(--quiet)}
h1{margin:.1em 0;font-size:1.6rem;line-height:1.25}.alarm h1,header .mark,td .mark,th .mark{color:var(--alarm)}
h2{font-size:1.15rem;margin:1.8em 0 .6em}h2 small{font-weight:400;font-size:.875rem;color:var(--muted)}
p{margin:0 0 .5em;overflow-wrap:anywhere}.main{font-weight:600}.muted,.facts{color:var(--muted)}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--page);padding:8px;z-index:9}
.bar{position:sticky;top:0;z-index:2;background:var(--page);border-bottom:1px solid var(--line);padding:.6rem 0;display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:center}
.bar fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem .75rem}
.bar legend{float:left;padding:0 .5rem 0 0;line-height:1.75rem;color:var(--muted)}
input[type=search],select{font:inherit;color:inherit;background:var(--page);border:1px solid var(--muted);border-radius:4px;padding:.3rem .5rem;min-height:2.25rem;max-width:100%}
input[type=search]{flex:1 1 14rem;min-width:0}
label{display:inline-flex;align-items:center;gap:.3rem;min-height:1.75rem}
:focus-visible{outline:3px solid var(--new);outline-offset:2px}
.kind{border-left:3px solid var(--accent);padding:0 0 0 .5rem;margin:0 0 .9rem}
.kind{content-visibility:auto;contain-intrinsic-size:auto 3.5rem}summary:focus-visible{outline-offset:-3px}
.kind>:not(summary){margin-left:1.1rem}.kind .mark{color:var(--accent)}
summary{cursor:pointer;padding:.1rem 0}summary::marker{color:var(--muted)}
summary h3{display:inline;font-size:1rem;margin:0;overflow-wrap:anywhere}.known h3{font-weight:400}
.facts{display:block;margin-left:1.1rem;font-size:.875rem;overflow-wrap:anywhere}
code,.rule{font:.8125rem var(--mono)}
.lead{margin:.2rem 0;font-size:.9375rem}
.log{background:var(--code);padding:.5rem .75rem;margin:.4rem 0;font:.8125rem/1.5 var(--mono);white-space:pre-wrap;overflow-wrap:anywhere;max-height:26rem;overflow:auto}
.log div{padding-left:2ch;text-indent:-2ch}.log .near,.log .more,.log i{color:var(--muted)}
.log .hit::before{content:"> ";font-weight:700}.log .near::before,.log .more::before{content:"  "}.log .folded{padding-left:4ch}
button{font:.8125rem var(--mono);color:inherit;background:none;border:1px solid var(--line);border-radius:4px;padding:.25rem .5rem;margin:0 .2rem .3rem 0;cursor:pointer;min-height:1.75rem}
button:hover{border-color:var(--muted)}
ol.time{list-style:none;margin:0;padding:0}.time li{display:flex;gap:1rem;padding:.15rem 0}
.time time{font:.8125rem/1.7 var(--mono);color:var(--muted);white-space:nowrap}.time a{color:inherit;font-weight:600}
figure{margin:0}
.strip{display:grid;grid-template-columns:5rem minmax(0,1fr) 10.5rem;gap:.75rem;align-items:end;padding:.35rem 0;font-size:.875rem}
.strip svg{width:100%;height:2.25rem;display:block;fill:var(--accent)}.strip line{stroke:var(--line)}
.hours{padding:0;font-size:.75rem;color:var(--muted)}.hours div{display:flex}.hours div span{flex:1 1 0;min-width:0;white-space:nowrap}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{overflow-wrap:break-word;text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);font-weight:400;vertical-align:top}
thead th{color:var(--muted)}.number{white-space:nowrap;text-align:right}tr.total>*{font-weight:700}
.scroll{overflow-x:auto;margin-bottom:.5rem}.plain summary{color:var(--muted);font-size:.875rem;padding:.4rem 0}
footer{color:var(--muted);font-size:.875rem;border-top:1px solid var(--line);margin-top:2.5rem;padding-top:1rem;padding-bottom:2rem}
kbd{font:.8125rem var(--mono);border:1px solid var(--line);border-radius:3px;padding:0 .3em}
.still .bar,.still .keys{display:none}[hidden]{display:none!important}
@media (max-width:40rem){.bar{position:static}html{scroll-padding-top:1rem}.strip{grid-template-columns:1fr auto}.strip svg,.hours div{grid-column:1/3;grid-row:2}.hours span.pad{display:none}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{.bar,.commands,.skip,.keys{display:none}.log{max-height:none}.kind{break-inside:avoid}}
`;
