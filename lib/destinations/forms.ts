import { bigqueryForm } from "./bigquery/form";
import type { DestinationType } from "./catalog";
import type { WarehouseForm } from "./fields";
import { postgresForm } from "./postgres/form";
import { snowflakeForm } from "./snowflake/form";

export type WarehouseType = Exclude<DestinationType, "s3">;

/** Labels, notes and declared settings of every warehouse. Safe for the browser. */
export const warehouseForms: Record<WarehouseType, WarehouseForm> = {
  snowflake: snowflakeForm,
  bigquery: bigqueryForm,
  postgres: postgresForm,
};

export const isWarehouse = (type: DestinationType): type is WarehouseType => type in warehouseForms;
