/** How bytes become characters: "C" takes each byte as one, "UTF-8" takes one valid sequence. */
export type Locale = "C" | "UTF-8";
