import { filesWriting } from "../files/writing";
import type { Writing } from "../writing-types";
import type { S3Destination } from "./settings";

export const s3: Writing<S3Destination> = filesWriting("S3");
