import type { S3DestinationInput } from "@/lib/destinations/s3/settings";
import { s3DestinationSchema } from "@/lib/destinations/s3/settings";
import { NO_FILTERS } from "@/lib/fields/filters";
import { COMPRESSIONS, FORMAT_NAMES } from "@/lib/rows/formats/registry";
import { LAYOUT_NAMES } from "@/lib/rows/layouts/registry";
import type { ModelName } from "@/lib/rows/tables/registry";
import { combinationProblems } from "@/lib/schemas/combination";
import { isLong } from "../is-long";
import { everyNth } from "../sample";

/** What an export is made of, to read it with every tool. */
export interface Cell {
  name: string;
  prefix: keyof typeof PREFIXES;
  model: ModelName;
  destination: S3DestinationInput;
}

/** What a shell, SQL, and URLs read otherwise, and what globs do. */
const PREFIXES = {
  plain: "plain/{year}/{month}/",
  quoted: 'it\'s $(x) `y` "z"; #1 100%41+ü/{table_name}/{data_interval_start}~',
  globbed: "a [b-c] *?/",
};

const schedule = { every: "hour", timezone: "UTC", atHour: 0, atWeekday: 0 } as const;

/** A model for each layout that carries it, with two tables where possible. */
const modelOf = (layout: string, format: string): ModelName => {
  if (layout === "clevertap") return format === "csv" ? "persons" : "events";
  return format === "jsonl" ? "events_and_merged_ids" : format === "xml" ? "persons" : "events";
};

function all(): Cell[] {
  const cells: Cell[] = [];
  for (const layout of LAYOUT_NAMES)
    for (const format of FORMAT_NAMES)
      for (const compression of COMPRESSIONS)
        for (const partitionByEvent of [false, true])
          for (const kind of Object.keys(PREFIXES) as (keyof typeof PREFIXES)[]) {
            const prefix = PREFIXES[kind];
            const model = modelOf(layout, format);
            const needsTable = model === "events_and_merged_ids" && !prefix.includes("{table_name}");
            const destination = {
              ...({ type: "s3", layout, format, compression, partitionByEvent } as const),
              prefix: needsTable ? `${prefix}{table_name}/` : prefix,
            };
            const spec = {
              model,
              destination: s3DestinationSchema.parse(destination),
              columns: null,
              filters: NO_FILTERS,
            };
            if (combinationProblems({ ...spec, schedule }).length > 0) continue;
            const byEvent = partitionByEvent ? " by event" : "";
            cells.push({
              prefix: kind,
              name: `${model} × ${layout}${byEvent} × ${format} × ${compression} × ${kind} prefix`,
              model,
              destination,
            });
          }
  return cells;
}

/**
 * Every combination in the long tests; otherwise every second one of those of each layout and format, with compressions
 * and prefixes in turn.
 */
export function cells(): readonly Cell[] {
  if (isLong) return all();
  const keyOf = ({ destination: { layout, format, partitionByEvent } }: Cell) =>
    `${layout} ${format} ${partitionByEvent}`;
  const one = [...Map.groupBy(all(), keyOf).values()].map((group, at) => group[(at * 4) % group.length]!);
  return everyNth(one, 2);
}
