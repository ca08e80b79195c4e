import { warehouseContract } from "./testing/destinations/contract";
import { postgresHarness } from "./testing/destinations/postgres";

warehouseContract(postgresHarness);
