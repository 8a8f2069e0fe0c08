/** The names of the months in log headers. */
import type { ByteString } from "../std/text/byte-string.js";

/** As syslog and journalctl write them: three letters, in English, whatever the locale. */
export const monthNames: readonly string[] = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/**
 * As programs write them that ask the locale (strftime's %b), in small letters and without a dot. Croatian is left out:
 * its October is the November of Czech and Polish.
 */
const translated: readonly string[] = [
  "jan feb mär apr mai jun jul aug sep okt nov dez",
  "jän feb märz april mai juni juli aug sept okt nov dez",
  "janv févr mars avril mai juin juil août sept oct nov déc",
  "ene feb mar abr may jun jul ago sep oct nov dic",
  "gen feb mar apr mag giu lug ago set ott nov dic",
  "jan fev mar abr mai jun jul ago set out nov dez",
  "jan feb mrt apr mei jun jul aug sep okt nov dec",
  "sty lut mar kwi maj cze lip sie wrz paź lis gru",
  "led úno bře dub kvě čen čec srp zář říj lis pro",
  "jan feb mar apr máj jún júl aug sep okt nov dec",
  "jan feb mars april maj juni juli aug sept okt nov dec",
  "jan feb mars april mai juni juli aug sep okt nov des",
  "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
  "jan febr márc ápr máj jún júl aug szept okt nov dec",
  "ian feb mar apr mai iun iul aug sep oct nov dec",
  "gen febr març abr maig juny jul ag set oct nov des",
  "oca şub mar nis may haz tem ağu eyl eki kas ara",
  "янв фев мар апр май июн июл авг сен окт ноя дек",
  "янв фев мар апр мая июн июл авг сен окт ноя дек",
  "січ лют бер кві тра чер лип сер вер жов лис гру",
  "ιαν φεβ μαρ απρ μαΐ ιουν ιουλ αυγ σεπ οκτ νοε δεκ",
];

let monthsByName: ReadonlyMap<string, number> | undefined;

/** The month of a name in any of these languages, or of a number as in "11月", counted from 0. In: UTF-8, in bytes. */
export function monthOf(name: ByteString): number | undefined {
  const english = monthNames.indexOf(name);
  if (english >= 0) return english;
  const text = Buffer.from(name, "latin1").toString().toLowerCase().replace(/\.$/, "");
  const numbered = /^(\d{1,2})[月월]$/.exec(text)?.[1];
  if (numbered !== undefined) return Number(numbered) <= 12 ? Number(numbered) - 1 : undefined;
  monthsByName ??= new Map(
    translated.flatMap((names) => names.split(" ").map((one, month): [string, number] => [one, month])),
  );
  return monthsByName.get(text);
}
