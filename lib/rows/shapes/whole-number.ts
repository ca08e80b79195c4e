import type { Column } from "../tables/types";
import type { Field } from "./types";

/**
 * Parquet type for integers that every reader supports: older ones, including Spark before 3.2, reject unsigned types.
 * Nullable, because a view over the source may be.
 */
export const wholeNumber = (unsigned?: Column["unsigned"]): Pick<Field, "parquetType"> => ({
  parquetType: `Nullable(${unsigned === 64 ? "Decimal(20, 0)" : "Int64"})`,
});
