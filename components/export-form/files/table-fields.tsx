"use client";

import { useFormContext } from "react-hook-form";
import { partsOf } from "@/components/destinations/by-type";
import type { DestinationType } from "@/lib/destinations/outlines";
import { tableName, warehouseTables } from "@/lib/destinations/warehouse/tables";
import type { CreateExport } from "@/lib/schemas/export";
import { TableColumns } from "./table-columns";

/** Which warehouse tables to fill and how, with their columns below. */
export function TableFields({ type }: { type: DestinationType }) {
  const { watch } = useFormContext<CreateExport>();
  const [model, destination, columns] = [watch("model"), watch("destination"), watch("columns")];
  const { SettingFields } = partsOf(type);
  const setting = "table" in destination ? destination.table : "";
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-5 sm:grid-cols-2">
        <SettingFields type={type} model={model} />
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
