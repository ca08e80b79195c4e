/**
 * Indents JSON text. Works on the text, so that every value stays as written: a number beyond 2^53 keeps its digits.
 * Text that isn't JSON comes back reshaped, but never fails.
 */
export function indentJson(text: string): string {
  let depth = 0;
  const line = () => `\n${"  ".repeat(Math.max(0, depth))}`;
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|[{[]\s*[}\]]|[{}[\],:]|\s+/g, (token) => {
    if (token.startsWith('"') || /^[{[]\s*[}\]]$/.test(token)) return token;
    if (/^\s/.test(token)) return "";
    if (token === ",") return `,${line()}`;
    if (token === ":") return ": ";
    depth += token === "{" || token === "[" ? 1 : -1;
    return token === "{" || token === "[" ? `${token}${line()}` : `${line()}${token}`;
  });
}
