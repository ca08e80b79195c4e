import { bigqueryHarness } from "@/testing/runs/destinations/bigquery";
import { destinationContract } from "@/testing/runs/destinations/contract";

destinationContract(bigqueryHarness);
