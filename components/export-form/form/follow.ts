import { writesFiles, writesTables } from "@/lib/destinations/catalog";
import type { FileSettings } from "@/lib/destinations/files/settings";
import { LAYOUT_NAMES, layoutOf } from "@/lib/rows/layouts/registry";
import { combinationProblems } from "@/lib/schemas/combination";
import type { CreateExport } from "@/lib/schemas/export";
import { withFiles } from "../files/files-export";
import { FIELDS } from "./field-words";
import { keepUsual, usualFiles } from "./usual";

type Mend = (value: CreateExport, index: number) => CreateExport;

type Changes = Partial<FileSettings> | ((files: FileSettings) => Partial<FileSettings>);

/** Mends the settings of files; an export that isn't to a bucket has none. */
function inFiles(value: CreateExport, changes: Changes): CreateExport {
  const { destination: files } = value;
  if (!writesFiles(files)) return value;
  const changed = withFiles(value, typeof changes === "function" ? changes(files) : changes);
  return { ...changed, destination: keepUsual(files, changed.destination) };
}

const inSchedule = (value: CreateExport, changes: Partial<CreateExport["schedule"]>): CreateExport => ({
  ...value,
  schedule: { ...value.schedule, ...changes },
});
const inFilters = (value: CreateExport, changes: Partial<CreateExport["filters"]>): CreateExport => ({
  ...value,
  filters: { ...value.filters, ...changes },
});

const withTable = (prefix: string) => `${prefix}${prefix === "" || prefix.endsWith("/") ? "" : "/"}{table_name}/`;
const without = <T>(items: readonly T[], index: number) => items.filter((_, at) => at !== index);
const layoutFor = (model: CreateExport["model"]) => LAYOUT_NAMES.find((name) => layoutOf(name).models.includes(model));

function withoutColumn(value: CreateExport, index: number): CreateExport {
  const columns = without(value.columns ?? [], index);
  return { ...value, columns: columns.length > 0 ? columns : null };
}

const withoutName: Mend = (value, index) => ({
  ...value,
  columns: (value.columns ?? []).map((column, at) => (at === index ? { ...column, as: null } : column)),
});

/** A name of one table made one for several. */
function withTableName(value: CreateExport): CreateExport {
  const { destination } = value;
  if (!writesTables(destination)) return value;
  return { ...value, destination: { ...destination, table: `${destination.table}_{table_name}` } };
}

/** How a field that doesn't go with the others is mended, by its path in the form. */
const MENDS: readonly (readonly [RegExp, Mend])[] = [
  [/^model$/, (value) => inFiles(value, ({ layout }) => ({ layout: layoutFor(value.model) ?? layout }))],
  [
    /^destination\.format$/,
    (value) => inFiles(value, ({ layout, format }) => ({ format: layoutOf(layout).formats[0] ?? format })),
  ],
  [/^destination\.(compression|maxFileSizeMb)$/, (value) => inFiles(value, usualFiles)],
  [/^destination\.compressionLevel$/, (value) => inFiles(value, { compressionLevel: null })],
  [/^destination\.partitionByEvent$/, (value) => inFiles(value, { partitionByEvent: false })],
  [/^destination\.defuseFormulas$/, (value) => inFiles(value, { defuseFormulas: false })],
  [/^destination\.orgId$/, (value) => inFiles(value, { orgId: null })],
  [/^destination\.prefix$/, (value) => inFiles(value, ({ prefix }) => ({ prefix: withTable(prefix) }))],
  [/^destination\.table$/, withTableName],
  [/^schedule\.every$/, (value) => inSchedule(value, { every: "hour" })],
  [/^schedule\.timezone$/, (value) => inSchedule(value, { timezone: "UTC" })],
  [/^columns$/, (value) => ({ ...value, columns: null })],
  [/^columns\.\d+\.name$/, withoutColumn],
  [/^columns\.\d+\.as$/, withoutName],
  [/^filters\.includeEvents$/, (value) => inFilters(value, { includeEvents: [] })],
  [/^filters\.excludeEvents$/, (value) => inFilters(value, { excludeEvents: [] })],
  [
    /^filters\.properties\.\d+/,
    (value, index) => inFilters(value, { properties: without(value.filters.properties, index) }),
  ],
];

/** Mends problem after problem until none is left that can be mended. */
function mendAll(value: CreateExport): CreateExport {
  let mended = value;
  // Each mend takes a problem away; the bound is there in case two rules ever contradict each other.
  for (let turn = 0; turn < 500; turn += 1) {
    const [problem] = combinationProblems(mended);
    const path = problem?.path.join(".") ?? "";
    const mend = MENDS.find(([pattern]) => pattern.test(path))?.[1];
    if (!mend) return mended;
    mended = mend(mended, Number(/\d+/.exec(path)?.[0]));
  }
  return mended;
}

/** What a choice makes of the rest of the form, and in words what it changed beside itself. */
export function follow(before: CreateExport, chosen: CreateExport): { value: CreateExport; changes: string[] } {
  const destination = keepUsual(before.destination, chosen.destination);
  const value = mendAll({ ...chosen, destination });
  const changed = FIELDS.filter(({ of }) => JSON.stringify(of(value)) !== JSON.stringify(of(chosen)));
  return { value, changes: changed.map(({ label, show }) => `${label}: ${show(value)}`) };
}
