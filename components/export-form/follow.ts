import { LAYOUT_NAMES, layoutOf } from "@/lib/layouts/registry";
import { combinationProblems } from "@/lib/schemas/combination";
import type { S3Destination } from "@/lib/schemas/destination";
import type { CreateExport } from "@/lib/schemas/export";
import { FIELDS } from "./field-words";
import { keepUsual, usualOf } from "./usual";

type Mend = (value: CreateExport, index: number) => CreateExport;

const inDestination = (value: CreateExport, changes: Partial<S3Destination>): CreateExport => ({
  ...value,
  destination: keepUsual(value.destination, { ...value.destination, ...changes }),
});
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
const layoutFor = ({ model, destination }: CreateExport) =>
  LAYOUT_NAMES.find((name) => layoutOf(name).models.includes(model)) ?? destination.layout;

function withoutColumn(value: CreateExport, index: number): CreateExport {
  const columns = without(value.columns ?? [], index);
  return { ...value, columns: columns.length > 0 ? columns : null };
}

const withoutName: Mend = (value, index) => ({
  ...value,
  columns: (value.columns ?? []).map((column, at) => (at === index ? { ...column, as: null } : column)),
});

/** How a field that doesn't go with the others is mended, by its path in the form. */
const MENDS: readonly (readonly [RegExp, Mend])[] = [
  [/^model$/, (value) => inDestination(value, { layout: layoutFor(value) })],
  [
    /^destination\.format$/,
    (value) =>
      inDestination(value, { format: layoutOf(value.destination.layout).formats[0] ?? value.destination.format }),
  ],
  [
    /^destination\.(compression|maxFileSizeMb)$/,
    (value) => ({ ...value, destination: { ...value.destination, ...usualOf(value.destination) } }),
  ],
  [/^destination\.compressionLevel$/, (value) => inDestination(value, { compressionLevel: null })],
  [/^destination\.partitionByEvent$/, (value) => inDestination(value, { partitionByEvent: false })],
  [/^destination\.defuseFormulas$/, (value) => inDestination(value, { defuseFormulas: false })],
  [/^destination\.orgId$/, (value) => inDestination(value, { orgId: null })],
  [/^destination\.prefix$/, (value) => inDestination(value, { prefix: withTable(value.destination.prefix) })],
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
