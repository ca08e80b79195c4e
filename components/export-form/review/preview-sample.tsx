import { indentJson } from "@/lib/client/json-indent";
import { destinations, writesFiles } from "@/lib/destinations/catalog";
import { type FormatName, formats } from "@/lib/rows/formats/registry";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import type { CreateExport, Preview } from "@/lib/schemas/export";

/** Formats whose sample rows are JSON; every other one's stand as they lie in the file. */
const AS_JSON = new Set<FormatName>(["jsonl", "parquet"]);

interface SampleLook {
  json: boolean;
  title: string;
  /** What the rows are of. */
  of: string;
}

function lookOf({ destination }: CreateExport, { header }: Preview): SampleLook {
  if (!writesFiles(destination))
    return { json: header === "", title: "A row of it", of: destinations[destination.type].form.label };
  const { format } = destination;
  const json = AS_JSON.has(format);
  const title = format === "parquet" ? "A row of it, as JSON" : json ? "A row of it" : "How a file begins";
  return { json, title, of: formats[format].label };
}

/** The first rows as they will lie in the file, below what the file begins with. */
export function PreviewSample({ preview, value }: { preview: Preview; value: CreateExport }) {
  const { header, sampleRows } = preview;
  // The sample is of the first table, whatever others there are.
  const table = tablesOfModel(value.model)[0]?.table;
  if (sampleRows.length === 0)
    return (
      <p className="text-muted">
        {preview.rows === 0 ? `No row of ${table} is in it, so there is none to show.` : "You may not see its rows."}
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
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
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
