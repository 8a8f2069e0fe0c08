/** The day of the calendar at this host, as ISO 8601 writes it: "2026-11-27". */
export function localDay(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
