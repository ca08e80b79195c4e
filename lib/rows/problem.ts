/** An API name that screens show by its label. */
export interface Named {
  of: "model" | "layout" | "format";
  name: string;
}

/** Words and names, in order. */
export type Text = readonly (string | Named)[];

/** Resolves a problem: the value for the field at a dotted path, such as `destination.format`. */
export interface Fix {
  path: string;
  value: unknown;
}

/** Why choices conflict. */
export interface Problem {
  path: string[];
  message: string;
  /** The message in pieces, for callers that show names by their labels. */
  text: Text;
  /** Absent if only a person can decide. */
  fix?: Fix;
}

const nameIn = (piece: Text[number]): string => (typeof piece === "string" ? piece : piece.name);

/** A problem with the field at a dotted path. */
export function at(path: string, text: string | Text, fix?: Fix): Problem {
  const pieces = typeof text === "string" ? [text] : text;
  return { path: path.split("."), message: pieces.map(nameIn).join(""), text: pieces, ...(fix && { fix }) };
}

/** A problem that setting the field to `value` resolves. */
export const atWith = (path: string, value: unknown, text: string | Text): Problem => at(path, text, { path, value });

/** Tagged template of words and names. */
export const text = (words: TemplateStringsArray, ...values: (string | number | Named | Text)[]): Text =>
  words.flatMap((word, index) => {
    const value = values[index] ?? "";
    const after =
      typeof value === "number" ? [String(value)] : Array.isArray(value) ? value : [value as string | Named];
    return [word, ...after];
  });

const named =
  (of: Named["of"]) =>
  (name: string): Named => ({ of, name });

export const model = named("model");
export const layout = named("layout");
export const format = named("format");

export const list = (names: readonly string[]) => names.join(", ");

/** States which values a field can have, without a period: `Must be csv`. */
export const oneOf = (names: readonly string[]) =>
  names.length === 1 ? `Must be ${names[0]}` : `Must be one of ${list(names)}`;

/** `oneOf` for names that have labels. */
export const oneNamed = (of: Named["of"], names: readonly string[]): Text => [
  names.length === 1 ? "Must be " : "Must be one of ",
  ...names.flatMap((name, index) => (index === 0 ? [named(of)(name)] : [", ", named(of)(name)])),
];
