/** The sentence of a format that a tool has no reader for. */
export const noReader = (tool: string, format: string): { cannot: string } => ({
  cannot: `${tool} has no reader for ${format}.`,
});

/** The sentence of CleverTap's Parquet, which is compressed around the whole file too. */
export const wrapped = (tool: string): { cannot: string } => ({
  cannot: `${tool} can’t read Parquet files that are compressed as a whole, as this layout has them.`,
});

/** Items of a list in code, each on a line of its own, without a comma after the last. */
export const lines = (items: readonly string[], indent = "  "): string =>
  items.map((item) => `${indent}${item}`).join(",\n");
