import type { Upload } from "./storage";
import { uploadToAzure } from "./upload-azure";
import { uploadToGcs } from "./upload-gcs";
import { uploadToS3 } from "./upload-s3";

const STORAGES = { S3: uploadToS3, AZURE: uploadToAzure, GCS: uploadToGcs };

/** Uploads a file to Snowflake's stage, whole or not at all, in constant memory. Returns its ETag. */
export const upload = (file: Upload): Promise<string> => STORAGES[file.place.info.locationType](file);
