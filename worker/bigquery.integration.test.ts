import { bigqueryHarness } from "./testing/destinations/bigquery";
import { warehouseContract } from "./testing/destinations/contract";

warehouseContract(bigqueryHarness);
