import { formatShare, LATE_WORDS } from "@/lib/client/check-words";
import type { Checks } from "@/lib/fields/checks";
import type { PropertyFilter } from "@/lib/fields/filters";
import type { Connection } from "@/lib/schemas/connection";
import { filterWords } from "../data/filter-words";
import { FIELDS } from "./field-words";

/** Labels of fields that follow no other, as the form has them. */
const LABELS: Record<string, string> = {
  connectionId: "Connection",
  "filters.includeEvents": "Only these events",
  "filters.excludeEvents": "Exclude events",
  "filters.properties": "Conditions on properties",
  startAt: "Start",
  endAt: "End",
  pauseAfterFailures: "Pause after failures in a row",
  settleSeconds: "Settle time",
  "schedule.atWeekday": "Day of the week",
  "schedule.atHour": "Time of day",
  "checks.source": "Check the source again after the commit",
  "checks.destination": "Audit the destination",
  "checks.destinationDays": "Days back",
  "checks.deepShare": "Share of the files read back",
  "checks.expectDeletion": "Consumers delete what they have loaded",
  "checks.onLate": "If rows arrive late",
};

/** `storageClass` as `Storage class`. */
function pathWords(path: string): string {
  const words = path.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The label of an export's field. */
export const fieldLabel = (path: string): string =>
  LABELS[path] ??
  FIELDS.find((field) => field.path === path)?.label ??
  pathWords(path.replace(/^(destination|schedule)\./, ""));

/** A value of an export's field, where its own text says little. */
export const fieldValue =
  (connections: readonly Pick<Connection, "id" | "name">[]) =>
  (path: string, value: unknown): string | undefined => {
    if (path === "connectionId") return connections.find(({ id }) => id === value)?.name;
    if (path === "filters.properties" && Array.isArray(value) && value.length > 0)
      return value.map((filter: PropertyFilter) => filterWords(filter)).join("; ");
    if (path === "columns" && Array.isArray(value)) return value.map(({ name }: { name: string }) => name).join(", ");
    if (path === "columns") return "All";
    if (path === "checks.onLate") return LATE_WORDS[value as Checks["onLate"]].label;
    if (path === "checks.deepShare") return formatShare(value as number);
    return undefined;
  };
