import { send } from "./request";
import { checked, mustBeTaken, pathOf, split, type Upload } from "./storage";
import type { StageInfo } from "./upload-target";

/** A region that takes requests only at its own address, also where Snowflake doesn't say so. */
const REGIONAL = "me-central2";

/** The storage's host, as Snowflake's clients find it. */
export function googleHost({ endPoint, useVirtualUrl, useRegionalUrl, region }: StageInfo, bucket: string): string {
  if (endPoint) return endPoint;
  if (useVirtualUrl) return `${bucket}.storage.googleapis.com`;
  const lower = region?.toLowerCase();
  return lower && (useRegionalUrl || lower === REGIONAL)
    ? `storage.${lower}.rep.googleapis.com`
    : "storage.googleapis.com";
}

/** Google's storage takes a file of unknown length in one piece: with a token, or at a presigned URL. */
export async function uploadToGcs({ place, body, agents, signal, plain }: Upload): Promise<string> {
  const { useVirtualUrl, presignedUrl, creds } = place.info;
  const token = creds?.GCS_ACCESS_TOKEN;
  const { container, key } = split(place);
  const url =
    token || !presignedUrl
      ? checked(`${googleHost(place.info, container)}/${useVirtualUrl ? pathOf(key) : pathOf(container, key)}`, plain)
      : checked(presignedUrl, plain);
  const headers = {
    "content-type": "application/octet-stream",
    ...(token && { authorization: `Bearer ${token}` }),
  };
  return mustBeTaken("Google's storage", await send(url.href, { method: "PUT", headers, body, signal }, agents));
}
