import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type { S3DestinationInput } from "@/lib/destinations/s3/settings";
import { settingsSchema } from "@/lib/destinations/settings";
import { writingOf } from "@/lib/destinations/writing";
import type { ColumnChoice } from "@/lib/fields/columns";
import { type FileSchema, NEWEST_FILE_SCHEMA } from "@/lib/fields/file-schema";
import { type Filters, NO_FILTERS } from "@/lib/fields/filters";
import type { ModelName } from "@/lib/rows/tables/registry";
import { getSource } from "@/lib/source/client";
import { encodeQuery, type TableExtract } from "@/lib/source/encode";
import { openEncoded } from "@/lib/source/open-encoded";
import { type PlannedFile, type PlannedTable, planFiles } from "@/lib/source/plan";
import type { Window } from "@/lib/windows";

export interface Wanted {
  sourceProjectId: number;
  window: Window;
  model?: ModelName;
  destination?: Partial<S3DestinationInput>;
  columns?: ColumnChoice[] | null;
  filters?: Partial<Filters>;
  salt?: string;
  maxFileBytes?: number;
  fileSchema?: FileSchema;
}

/** The tables of an unsaved export, as a run would plan them. */
export function tablesOf({
  model = "events",
  columns = null,
  salt = "",
  fileSchema = NEWEST_FILE_SCHEMA,
  ...wanted
}: Wanted): PlannedTable[] {
  const destination = settingsSchema.parse({ type: "s3", ...wanted.destination });
  const { sourceProjectId, window } = wanted;
  const filters = { ...NO_FILTERS, ...wanted.filters };
  const writing = writingOf(destination);
  return writing.tables(model).map((part) => ({
    written: {
      selection: { model: part, sourceProjectId, filters, window },
      encoding: writing.encoding(part, destination, columns, fileSchema),
      salt,
    },
    split: writing.split(part, destination),
    maxFileBytes: wanted.maxFileBytes ?? writing.maxFileBytes(destination),
  }));
}

export interface EncodedFile extends PlannedFile {
  body: Buffer;
  sha256: string;
}

/** Plans an export and encodes each file as it would be sent. */
export async function encodeAll(wanted: Wanted): Promise<EncodedFile[]> {
  const tables = tablesOf(wanted);
  const { files } = await planFiles(getSource(), tables);
  const encoded: EncodedFile[] = [];
  for (const file of files) {
    const { written } = tables.find((table) => table.written.selection.model === file.model)!;
    const body = await encodedBody(written, file);
    encoded.push({ ...file, body, sha256: createHash("sha256").update(body).digest("hex") });
  }
  return encoded;
}

const encodedBody = async (written: TableExtract, { bounds }: PlannedFile): Promise<Buffer> =>
  buffer(await openEncoded(getSource(), encodeQuery(written, { bounds })));
