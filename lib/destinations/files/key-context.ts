import { codecSuffix, formats } from "@/lib/rows/formats/registry";
import type { Pattern } from "@/lib/rows/layouts/pattern";
import { layoutOf } from "@/lib/rows/layouts/registry";
import type { KeyContext, KeyFacts, KeyLanguage } from "@/lib/rows/layouts/types";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import type { SourceTable } from "@/lib/rows/tables/types";
import type { KeyInput } from "../writing-types";
import { codecOf } from "./codec";
import type { FileSettings } from "./settings";

type Kept = Pick<KeyInput<FileSettings>, "destination" | "sourceProjectId">;

function factsOf({ destination, sourceProjectId }: Kept, tableName: string): KeyFacts {
  const { format, layout, prefix, partitionByEvent } = destination;
  const extension = layoutOf(layout).extensions?.[format] ?? formats[format].extension;
  return {
    prefix,
    tableName,
    extension: extension + codecSuffix[codecOf(destination)],
    databaseId: sourceProjectId,
    orgId: destination.orgId ?? sourceProjectId,
    partitionByEvent,
  };
}

/** The layout's inputs for a run's keys of a table. */
export function contextOf(keyed: KeyInput<FileSettings>, tableName: string): KeyContext {
  const { window, requestId, revision, runAt, fileSchema } = keyed;
  return { ...factsOf(keyed, tableName), window, requestId, revision, runAt, fileSchema };
}

/** Rows without an event go to no event's folder, whatever the export requests. */
function factsOfTable(kept: Kept, table: SourceTable): KeyFacts {
  const partitionByEvent = layoutOf(kept.destination.layout).split(table, kept.destination).events;
  return { ...factsOf(kept, table.table), partitionByEvent };
}

/** What the keys of a table's files look like, without those of markers beside them. */
export function filePatternsOf(kept: Kept, table: SourceTable): Pattern[] {
  const facts = factsOfTable(kept, table);
  const end = `.${facts.extension}`;
  const endsRight = (pattern: Pattern) =>
    pattern
      .slice(-end.length)
      .map(({ chars }) => chars)
      .join("") === end;
  return layoutOf(kept.destination.layout).filePatterns(facts).filter(endsRight);
}

/** All keys that an export can write. */
export function languageOf(of: Kept & Pick<KeyInput<FileSettings>, "model">): KeyLanguage {
  const { prefix, layout: name } = of.destination;
  const layout = layoutOf(name);
  const manifests = layout.manifestPattern(factsOf(of, of.model));
  return {
    prefix,
    manifests,
    patterns: [manifests, ...tablesOfModel(of.model).flatMap((table) => layout.filePatterns(factsOfTable(of, table)))],
    namesRequest: layout.namesRequest ?? false,
  };
}
