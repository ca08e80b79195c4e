/** Where the JSON value starting at `from` ends: the comma or bracket that closes it, skipping anything nested. */
function valueEnd(line: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < line.length; at += 1) {
    const char = line[at] ?? "";
    if (quoted) {
      if (char === "\\") at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if ("[{".includes(char)) depth += 1;
    else if ("]}".includes(char)) {
      if (depth === 0) return at;
      depth -= 1;
    } else if (char === "," && depth === 0) return at;
  }
  throw new Error(`No end of a value in ${line.slice(0, 200)}`);
}

/** The fields of one JSON line in order, each value as its exact text, which keeps every digit. */
export function rawFields(line: string): [name: string, text: string][] {
  const fields: [string, string][] = [];
  let at = 1;
  while (line[at - 1] !== "}") {
    const colon = line.indexOf(":", at);
    const end = valueEnd(line, colon + 1);
    fields.push([JSON.parse(line.slice(at, colon)) as string, line.slice(colon + 1, end)]);
    at = end + 1;
  }
  if (line[0] !== "{" || at !== line.length) throw new Error(`No JSON object: ${line.slice(0, 200)}`);
  return fields;
}
