import type { Pattern } from "@/lib/rows/layouts/pattern";

/** A piece of a glob: text, that many digits, one character, or any number of characters of a name. */
export type GlobPiece = { text: string } | { digits: number } | "one" | "many";

/** What keys look like, to write as a glob or a regular expression in any tool's syntax. */
export type Glob = readonly GlobPiece[];

const DIGITS = 10;

function pieceOf({ chars, many }: Pattern[number]): GlobPiece {
  if (many) return "many";
  if (chars.length === 1) return { text: chars };
  return chars.length === DIGITS ? { digits: 1 } : "one";
}

/** A layout's pattern of keys as a glob, with equal neighbors merged. */
export function globOf(pattern: Pattern): Glob {
  const pieces: GlobPiece[] = [];
  for (const step of pattern) {
    const piece = pieceOf(step);
    const last = pieces.at(-1);
    if (piece === "many" && last === "many") continue;
    const merged = last === undefined ? null : merge(last, piece);
    if (merged) pieces[pieces.length - 1] = merged;
    else pieces.push(piece);
  }
  return pieces;
}

function merge(one: GlobPiece, other: GlobPiece): GlobPiece | null {
  if (typeof one === "string" || typeof other === "string") return null;
  if ("text" in one && "text" in other) return { text: one.text + other.text };
  if ("digits" in one && "digits" in other) return { digits: one.digits + other.digits };
  return null;
}

/** A text as a regular expression that matches only it. */
export const escapeRegex = (text: string): string => text.replaceAll(/[\\^$.|?*+()[\]{}]/g, "\\$&");

/** How a tool writes globs. */
export interface GlobSyntax {
  text(text: string): string;
  digits(count: number): string;
  one: string;
  many: string;
}

/** A glob in a tool's syntax. Neighboring wildcards become one: two mean any number of folders in some tools. */
export const writeGlob = (glob: Glob, { text, digits, one, many }: GlobSyntax): string =>
  glob
    .map((piece) => {
      if (piece === "one") return one;
      if (piece === "many") return many;
      return "text" in piece ? text(piece.text) : digits(piece.digits);
    })
    .join("")
    .replaceAll(new RegExp(`(?:${escapeRegex(many)}){2,}`, "g"), many);

/** Each special character alone in brackets, where it is itself: DuckDB, Hadoop, and the AWS CLI. */
const bracketed = (text: string): string => text.replaceAll(/[*?[\]]/g, (char) => (char === "]" ? "?" : `[${char}]`));

/** Stands for single characters with `?`: the AWS CLI. */
export const QUESTION_MARKS: GlobSyntax = {
  text: bracketed,
  digits: (count) => "?".repeat(count),
  one: "?",
  many: "*",
};

/** Without `?`, which begins options in DuckDB's URLs. A `*` never spans folders there, nor in Hadoop. */
export const CLASSES: GlobSyntax = {
  text: (text) => text.replaceAll(/[*?[\]]/g, (char) => ({ "*": "[*]", "[": "[[]" })[char] ?? "*"),
  digits: () => "[0-9]*",
  one: "*",
  many: "*",
};

/** A regular expression that matches the whole key, as Python, Java, and RE2 take it. */
export const regexText = (glob: Glob): string =>
  writeGlob(glob, {
    text: escapeRegex,
    digits: (count) => (count === 1 ? "[0-9]" : `[0-9]{${count}}`),
    one: "[^/]",
    many: "[^/]*",
  });

/** The text that all keys begin with, up to its last slash: a folder, or empty. */
export function folderOf(glob: Glob): string {
  const [first] = glob;
  const text = typeof first === "object" && "text" in first ? first.text : "";
  return text.slice(0, text.lastIndexOf("/") + 1);
}

/** The rest of a glob below its folder. */
export function belowFolder(glob: Glob): Glob {
  const [first, ...rest] = glob;
  const folder = folderOf(glob);
  if (folder === "" || typeof first !== "object" || !("text" in first)) return glob;
  const text = first.text.slice(folder.length);
  return text === "" ? rest : [{ text }, ...rest];
}
