import { type FilesType, writesFiles } from "@/lib/destinations/catalog";
import type { ConfigOf, ConnectionConfig } from "@/lib/destinations/connection";
import { reachOf } from "@/lib/destinations/reading";
import type { RunSpec } from "@/lib/destinations/run-spec";
import type { Receipt } from "@/lib/fields/receipt";
import type { ToolSnippets } from "@/lib/schemas/snippet";
import { filesReading, offersOf, warehouseSnippets } from "@/lib/snippets";
import type { Window } from "@/lib/windows";

interface Asked {
  spec: Pick<RunSpec, "model" | "destination" | "columns" | "filters" | "fileSchema">;
  config: ConnectionConfig;
  sourceProjectId: number;
  exportId: string;
  /** When the first window to read began. */
  since: Date;
  /** Missing for a whole export. */
  run?: { id: string; window: Window; receipt: Receipt };
}

/** What tools offer for files, or the warehouse's own SQL. */
export function toolsFor({ spec, config, sourceProjectId, exportId, since, run }: Asked): ToolSnippets[] {
  const { destination } = spec;
  if (writesFiles(destination)) {
    const reach = reachOf({ type: destination.type, config: config as ConfigOf<FilesType> })!;
    const ofRun = run ? { window: run.window, files: run.receipt.files } : null;
    const its = { spec: { ...spec, destination }, reach, sourceProjectId, since, run: ofRun };
    return offersOf(filesReading(its));
  }
  const ofRun = run && {
    id: run.id,
    intervalStart: run.receipt.intervalStart,
    intervalEnd: run.receipt.intervalEnd,
    tables: run.receipt.tables ?? [],
  };
  return [
    { tool: "sql", ...warehouseSnippets({ spec: { ...spec, destination }, config, exportId, run: ofRun ?? null }) },
  ];
}
