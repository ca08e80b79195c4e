import { destinationContract } from "@/testing/runs/destinations/contract";
import { s3Harness } from "@/testing/runs/destinations/s3";

destinationContract(s3Harness);
