import type { Banned } from "./banned";
import type { FileTexts } from "./list";

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const patternOf = ({ words }: Banned) => (words instanceof RegExp ? words : new RegExp(`\\b${escaped(words)}\\b`, "i"));

/** Straight apostrophes for curly ones, so that a phrase is found in both spellings. */
const plain = (text: string) => text.replaceAll("’", "'");

/** Every text with banned words, as `file:line: the text → what to write`. */
export function bannedIn(files: readonly FileTexts[], banned: readonly Banned[]): string[] {
  const rules = banned.map((entry) => ({ ...entry, pattern: patternOf(entry) }));
  return files.flatMap(({ file, texts }) => {
    const held = rules.filter(({ except = [] }) => !except.some((path) => file.startsWith(path)));
    return texts.flatMap(({ line, text }) =>
      held
        .filter(({ pattern }) => pattern.test(plain(text)))
        .map(({ instead }) => `${file}:${line}: ${text} → ${instead}`),
    );
  });
}
