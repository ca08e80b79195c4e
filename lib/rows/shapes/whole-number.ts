import type { Column } from "../tables/types";
import type { Field } from "./types";

/**
 * The Parquet type of a whole number, which every reader has: older ones, Spark before 3.2 among them, refuse types without a
 * sign. Nullable, because a view over the source may be.
 */
export const wholeNumber = (unsigned?: Column["unsigned"]): Pick<Field, "parquetType"> => ({
  parquetType: `Nullable(${unsigned === 64 ? "Decimal(20, 0)" : "Int64"})`,
});
