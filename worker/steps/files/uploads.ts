import { and, asc, eq, isNotNull, isNull, lte, ne, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { UploadRow } from "@/lib/db/rows";
import { runFiles, uploadParts, uploads } from "@/lib/db/schema";
import type { PartForm, UploadedPart } from "@/lib/destinations/upload-types";
import type { FileToSend } from "../plan/draft-files";

type FileOf = Pick<FileToSend, "runId" | "planVersion" | "index" | "key">;

const isOf = ({ runId, planVersion, index }: FileOf) =>
  and(eq(uploads.runId, runId), eq(uploads.planVersion, planVersion), eq(uploads.index, index));

/** SQL: whether a file is an attempt's, and no attempt was allowed to store it: a late request can't complete it. */
const isUnsent = ({ runId, planVersion, index, key }: FileOf, attempt: number): SQL => sql`exists (
  select 1 from ${runFiles} f where f.run_id = ${runId} and f.plan_version = ${planVersion} and f."index" = ${index}
    and f.key = ${key} and f.attempt = ${attempt} and f.state = 'Running' and f.sent_at is null)`;

/** Whether an earlier attempt has left any upload of a file: nearly never. */
export const hasUploads = async (db: Db, file: FileOf): Promise<boolean> => {
  const found = await db.select({ id: uploads.id }).from(uploads).where(isOf(file)).limit(1);
  return found.length > 0;
};

/** Takes over the upload that an earlier attempt at a file has left, with its parts; null if there is none. */
export async function takeUpload(
  db: Db,
  file: FileOf,
  { bytes, checksums }: PartForm,
  attempt: number,
): Promise<{ upload: UploadRow; parts: UploadedPart[] } | null> {
  const isSame = and(eq(uploads.key, file.key), eq(uploads.partBytes, bytes), eq(uploads.checksums, checksums));
  const [upload] = await db
    .update(uploads)
    .set({ attempt })
    .where(and(isOf(file), isSame, isNull(uploads.givenUpAt), lte(uploads.attempt, attempt), isUnsent(file, attempt)))
    .returning();
  if (!upload) return null;
  const parts = await db
    .select()
    .from(uploadParts)
    .where(eq(uploadParts.upload, upload.id))
    .orderBy(asc(uploadParts.number));
  return { upload, parts };
}

/** Gives up the uploads of a file that can't be continued, and returns all that were given up. */
export async function giveUpOthers(
  db: Db,
  file: FileOf,
  attempt: number,
  kept: string | undefined,
): Promise<UploadRow[]> {
  const isOther = kept === undefined ? undefined : ne(uploads.id, kept);
  await db
    .update(uploads)
    .set({ givenUpAt: sql`now()` })
    .where(and(isOf(file), isOther, isNull(uploads.givenUpAt), lte(uploads.attempt, attempt)));
  return db
    .select()
    .from(uploads)
    .where(and(isOf(file), isNotNull(uploads.givenUpAt)));
}

/** An upload of an attempt as it will be recorded. */
export type NewUpload = Omit<UploadRow, "givenUpAt" | "createdAt">;

/** Records an upload and its new parts. False if another attempt has taken over its file. */
export async function recordParts(db: Db, upload: NewUpload, parts: readonly UploadedPart[]): Promise<boolean> {
  const { id, attempt, encryption, ...of } = upload;
  const { rows } = await db.execute(sql`
    with made as (
      insert into uploads (id, run_id, plan_version, "index", key, upload_id, mark, encryption, part_bytes, checksums, attempt)
      select ${id}::uuid, ${of.runId}::uuid, ${of.planVersion}::int, ${of.index}::int, ${of.key}, ${of.uploadId}, ${of.mark},
        ${encryption && JSON.stringify(encryption)}::jsonb, ${of.partBytes}::int, ${of.checksums}::bool, ${attempt}::int
      where not exists (select 1 from uploads where id = ${id}) and ${isUnsent(upload, attempt)} returning id),
    held as (select id from uploads where id = ${id} and attempt = ${attempt} and given_up_at is null for share)
    insert into upload_parts (upload, number, etag, crc32, sha256)
    select u.id, p.number, p.etag, p.crc32, p.sha256
    from (select id from made union all select id from held) u,
      jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as p(number int, etag text, crc32 text, sha256 text)
    on conflict (upload, number) do update set etag = excluded.etag, crc32 = excluded.crc32, sha256 = excluded.sha256
    returning number`);
  return rows.length > 0;
}

/** Marks an attempt's upload as given up. False if another attempt has taken it over. */
export async function giveUp(db: Db, { id, attempt }: Pick<UploadRow, "id" | "attempt">): Promise<boolean> {
  const isOurs = and(eq(uploads.id, id), eq(uploads.attempt, attempt));
  const found = await db.update(uploads).set({ givenUpAt: sql`now()` }).where(isOurs).returning({ id: uploads.id });
  return found.length > 0;
}

/** Forgets an upload that is completed or aborted, with its parts. */
export const forgetUpload = async (db: Db, id: string): Promise<void> => {
  await db.delete(uploads).where(eq(uploads.id, id));
};
