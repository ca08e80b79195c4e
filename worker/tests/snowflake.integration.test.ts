import { destinationContract } from "@/testing/runs/destinations/contract";
import { snowflakeHarness } from "@/testing/runs/destinations/snowflake";

destinationContract(snowflakeHarness);
