/** Moves a key prefix from the folder `from` to the folder `to`, unless it is already there. */
export function inFolder(prefix: string, from: string, to: string): string {
  if (to !== "" && prefix.startsWith(to)) return prefix;
  const rest = prefix.startsWith(from) ? prefix.slice(from.length) : prefix;
  return to + rest;
}
