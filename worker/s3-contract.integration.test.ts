import { destinationContract } from "./testing/destinations/contract";
import { s3Harness } from "./testing/destinations/s3";

destinationContract(s3Harness);
