import type { WarehouseColumn } from "../warehouse/tables";
import { exactly } from "./names";

export const NAMES = ["upper", "posthog"] as const;

/** How an export's tables and their columns are called in Snowflake. */
export interface Naming {
  /** A table's name, as Snowflake stores it. */
  table(name: string): string;
  /** A column's name, as Snowflake stores it. */
  column(name: string): string;
  /** The same in quotes. */
  quote(name: string): string;
  /** Whether a text is kept in a VARIANT. */
  isVariant(column: Pick<WarehouseColumn, "name">): boolean;
}

const naming = (parts: Omit<Naming, "quote">): Naming => ({ ...parts, quote: (name) => exactly(parts.column(name)) });

const upper = (name: string) => name.toUpperCase();

const POSTHOG_COLUMNS: Record<string, string> = {
  set: "people_set",
  set_once: "people_set_once",
  version: "person_version",
};

/**
 * Unquoted SQL finds `upper` names in any spelling. `posthog` names are those of tables that PostHog's batch exports
 * have made. Source: PostHog's snowflake_batch_export.py.
 */
export const NAMINGS: Record<(typeof NAMES)[number], Naming> = {
  upper: naming({ table: upper, column: upper, isVariant: () => false }),
  posthog: naming({
    table: (name) => name,
    column: (name) => POSTHOG_COLUMNS[name] ?? name,
    isVariant: ({ name }) => name === "elements",
  }),
};

/** Settings that an earlier version stored name none. */
export const namingOf = ({ names = "upper" }: { names?: (typeof NAMES)[number] }): Naming => NAMINGS[names];
