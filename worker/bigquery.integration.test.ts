import { bigqueryHarness } from "./testing/warehouse/bigquery";
import { warehouseContract } from "./testing/warehouse/contract";

warehouseContract(bigqueryHarness);
