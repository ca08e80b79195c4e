import { warehouseContract } from "./testing/warehouse/contract";
import { postgresHarness } from "./testing/warehouse/postgres";

warehouseContract(postgresHarness);
