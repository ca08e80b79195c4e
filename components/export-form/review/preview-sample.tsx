import { indentJson } from "@/lib/client/json-indent";
import { outlines, writesFiles } from "@/lib/destinations/outlines";
import { type FormatName, formats } from "@/lib/rows/formats/registry";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import type { CreateExport, Preview } from "@/lib/schemas/export";

/** Formats with JSON sample rows; rows of all others appear as in the file. */
const AS_JSON = new Set<FormatName>(["jsonl", "parquet"]);

interface SampleLook {
  json: boolean;
  title: string;
  /** The rows' format or warehouse. */
  of: string;
}

function lookOf({ destination }: CreateExport, { header }: Preview): SampleLook {
  if (!writesFiles(destination))
    return { json: header === "", title: "Sample row", of: outlines[destination.type].form.label };
  const { format } = destination;
  const json = AS_JSON.has(format);
  const title = format === "parquet" ? "Sample row, as JSON" : json ? "Sample row" : "Start of a file";
  return { json, title, of: formats[format].label };
}

/** The first rows as the file will hold them, below the start of the file. */
export function PreviewSample({ preview, value }: { preview: Preview; value: CreateExport }) {
  const { header, sampleRows } = preview;
  // The sample covers only the first table.
  const table = tablesOfModel(value.model)[0]?.table;
  if (sampleRows.length === 0)
    return (
      <p className="text-muted">
        {preview.rows === 0 ? `No row of ${table} is in this range.` : "You don’t have access to its rows."}
      </p>
    );
  const { json, title, of } = lookOf(value, preview);
  const text = json ? sampleRows.slice(0, 1).map(indentJson).join("\n") : sampleRows.join("\n");
  return (
    <div>
      <h3 className="text-muted text-xs">
        {title} <span aria-hidden>·</span> {of}
      </h3>
      <section
        aria-label="Sample rows"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must be reachable by keyboard
        tabIndex={0}
        className="mt-1 max-h-72 overflow-auto rounded-xl bg-sunken"
      >
        <pre className="whitespace-pre-wrap break-all p-3 font-mono text-xs leading-5">
          {header && <span className="text-muted">{header}</span>}
          {text}
        </pre>
      </section>
    </div>
  );
}
