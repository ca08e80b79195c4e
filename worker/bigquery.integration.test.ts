import { bigqueryHarness } from "./testing/destinations/bigquery";
import { destinationContract } from "./testing/destinations/contract";

destinationContract(bigqueryHarness);
