/** A fix's words, and the JSON that it holds, if any: from the first bracket that opens a whole JSON text. */
export function splitFix(text: string): { words: string; statement: string | null } {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  if (start === -1 || end < start) return { words: text, statement: null };
  const inside = text.slice(start, end + 1);
  try {
    JSON.parse(inside);
  } catch {
    return { words: text, statement: null };
  }
  const words = `${text.slice(0, start).trimEnd()} ${text.slice(end + 1).trimStart()}`.trim();
  return { words, statement: inside };
}
