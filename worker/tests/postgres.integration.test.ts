import { destinationContract } from "@/testing/runs/destinations/contract";
import { postgresHarness } from "@/testing/runs/destinations/postgres";

destinationContract(postgresHarness);
