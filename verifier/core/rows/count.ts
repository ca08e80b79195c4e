import type { RowCounter } from "./counter";
import { CsvRecords } from "./csv";
import type { How } from "./how";
import { Lines } from "./lines";
import { ParquetFooter } from "./parquet";

export function rowCounter({ form, frame }: How): RowCounter {
  if (form === "parquet") return new ParquetFooter();
  return form === "csv" ? new CsvRecords(frame) : new Lines(frame);
}
