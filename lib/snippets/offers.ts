import { filesTools } from "./registry";
import type { FilesReading, FilesTool, Offer } from "./types";

/** A tool by name, with what it offers. */
export interface ToolOffer extends Offer {
  tool: string;
  label: string;
}

/** What every tool offers for some files. A tool that can't read a table says why. */
export const offersOf = (reading: FilesReading): ToolOffer[] =>
  Object.entries(filesTools).map(([tool, it]) => ({ tool, label: it.label, ...offerOf(it, reading) }));

function offerOf(tool: FilesTool, reading: FilesReading): Offer {
  // A run without rows has written no file.
  const tables = reading.tables.filter(({ files }) => files === null || files.length > 0);
  const read = tables.map((table) => ({ table, answer: tool.read(table, reading) }));
  const snippets = read.flatMap(({ table, answer }) =>
    "text" in answer ? [{ title: `Read ${table.table}`, language: tool.language, text: answer.text }] : [],
  );
  const notes = read.flatMap(({ answer }) => ("cannot" in answer ? answer.cannot : (answer.note ?? [])));
  if (tables.length === 0) return { snippets, note: "The window had no rows, so the run wrote no files." };
  return { snippets, note: notes.length === 0 ? null : [...new Set(notes)].join(" ") };
}
