import { destinationContract } from "./testing/destinations/contract";
import { postgresHarness } from "./testing/destinations/postgres";

destinationContract(postgresHarness);
