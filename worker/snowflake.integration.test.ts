import { warehouseContract } from "./testing/destinations/contract";
import { snowflakeHarness } from "./testing/destinations/snowflake";

warehouseContract(snowflakeHarness);
