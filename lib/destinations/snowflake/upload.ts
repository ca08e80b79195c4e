import type { Upload } from "./storage";
import { uploadToAzure } from "./upload-azure";
import { uploadToGcs } from "./upload-gcs";
import { uploadToS3 } from "./upload-s3";

const STORAGES = { S3: uploadToS3, AZURE: uploadToAzure, GCS: uploadToGcs };

/** Sends a file to where Snowflake keeps its stage, whole or not at all, in constant memory. Answers with its ETag. */
export const upload = (file: Upload): Promise<string> => STORAGES[file.place.info.locationType](file);
