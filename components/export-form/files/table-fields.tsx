"use client";

import { useFormContext } from "react-hook-form";
import { SpecFields } from "@/components/spec-fields/spec-fields";
import { settingFields, type WarehouseType } from "@/lib/destinations/catalog";
import { tableName, warehouseTables } from "@/lib/destinations/warehouse/tables";
import type { CreateExport } from "@/lib/schemas/export";
import { TableColumns } from "./table-columns";

/** Which tables of a warehouse are filled, and how; below, what they look like. */
export function TableFields({ type }: { type: WarehouseType }) {
  const { watch } = useFormContext<CreateExport>();
  const [model, destination, columns] = [watch("model"), watch("destination"), watch("columns")];
  const setting = "table" in destination ? destination.table : "";
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-5 sm:grid-cols-2">
        <SpecFields path="destination" fields={settingFields(type, model)} />
      </div>
      {warehouseTables(model).map((table) => (
        <TableColumns
          key={table.model.table}
          name={tableName(setting, table.model.table)}
          table={table}
          choices={columns}
        />
      ))}
    </div>
  );
}
