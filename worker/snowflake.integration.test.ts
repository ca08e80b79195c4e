import { destinationContract } from "./testing/destinations/contract";
import { snowflakeHarness } from "./testing/destinations/snowflake";

destinationContract(snowflakeHarness);
