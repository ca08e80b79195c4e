import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { encodingOf } from "@/lib/formats/encoding";
import { layoutOf } from "@/lib/layouts/registry";
import { type ModelName, partsOf } from "@/lib/models/registry";
import type { ColumnChoice } from "@/lib/schemas/columns";
import { type S3DestinationInput, s3DestinationSchema } from "@/lib/schemas/destination";
import { type Filters, NO_FILTERS } from "@/lib/schemas/filters";
import { encodeQuery, openEncoded, type Written } from "@/lib/source/encode";
import { type PlannedFile, type PlannedTable, planFiles } from "@/lib/source/plan";
import type { Window } from "@/lib/windows";

const MIB = 1024 * 1024;

export interface Wanted {
  sourceProjectId: number;
  window: Window;
  model?: ModelName;
  destination?: Partial<S3DestinationInput>;
  columns?: ColumnChoice[] | null;
  filters?: Partial<Filters>;
  salt?: string;
  maxFileBytes?: number;
}

/** The tables of an export that nobody saved, as a run would plan them. */
export function tablesOf({ model = "events", columns = null, salt = "", ...wanted }: Wanted): PlannedTable[] {
  const destination = s3DestinationSchema.parse({ type: "s3", ...wanted.destination });
  const { sourceProjectId, window } = wanted;
  const filters = { ...NO_FILTERS, ...wanted.filters };
  return partsOf(model).map((part) => ({
    written: {
      selection: { model: part, sourceProjectId, filters, window },
      encoding: encodingOf(part, destination, columns),
      salt,
    },
    split: layoutOf(destination.layout).split(part, destination),
    maxFileBytes: wanted.maxFileBytes ?? destination.maxFileSizeMb * MIB,
  }));
}

export interface EncodedFile extends PlannedFile {
  body: Buffer;
  sha256: string;
}

/** Plans an export and encodes each file as it would be sent. */
export async function encodeAll(wanted: Wanted): Promise<EncodedFile[]> {
  const tables = tablesOf(wanted);
  const { files } = await planFiles(tables);
  const encoded: EncodedFile[] = [];
  for (const file of files) {
    const { written } = tables.find((table) => table.written.selection.model === file.model)!;
    const body = await encodedBody(written, file);
    encoded.push({ ...file, body, sha256: createHash("sha256").update(body).digest("hex") });
  }
  return encoded;
}

const encodedBody = async (written: Written, { bounds }: PlannedFile): Promise<Buffer> =>
  buffer(await openEncoded(encodeQuery(written, { bounds })));
