import { warehouseContract } from "./testing/warehouse/contract";
import { snowflakeHarness } from "./testing/warehouse/snowflake";

warehouseContract(snowflakeHarness);
