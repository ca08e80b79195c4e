import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "@/server/process/progress";
import type { S3Address } from "../parts/s3";
import { makeSampleExport } from "../sample-export";

interface FirstExportOptions {
  dataDir: string;
  web: string;
  apiKey: string | null;
  projectId: string;
  s3: S3Address;
  progress: Progress;
}

/** Creates the sample export once per data folder; after it is deleted in the app, it does not come back. */
export async function firstExport({ dataDir, apiKey, ...options }: FirstExportOptions): Promise<void> {
  const marker = join(dataDir, "sample-export");
  if (existsSync(marker) || !apiKey) return;
  try {
    await makeSampleExport({ apiKey, ...options });
    writeFileSync(marker, `${new Date().toISOString()}\n`);
  } catch (error) {
    // The product runs without it.
    options.progress.say("Sample export", `couldn't be created: ${(error as Error).message}`);
  }
}
