/** A key prefix that lay in the folder `from`, moved into the folder `to`; one that lies there already stays. */
export function inFolder(prefix: string, from: string, to: string): string {
  if (to !== "" && prefix.startsWith(to)) return prefix;
  const rest = prefix.startsWith(from) ? prefix.slice(from.length) : prefix;
  return to + rest;
}
