/** The names of the months in log headers: English and three letters long, whatever the locale. */
export const monthNames: readonly string[] = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
