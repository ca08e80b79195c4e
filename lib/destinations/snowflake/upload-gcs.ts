import { send } from "./request";
import { checked, mustBeTaken, pathOf, split, type Upload } from "./storage";

/** Google's storage takes a file of unknown length in one piece: with a token, or at a presigned URL. */
export async function uploadToGcs({ place, body, agents, signal, plain }: Upload): Promise<string> {
  const { endPoint, useVirtualUrl, presignedUrl, creds } = place.info;
  const token = creds?.GCS_ACCESS_TOKEN;
  const { container, key } = split(place);
  const base = endPoint ?? (useVirtualUrl ? `${container}.storage.googleapis.com` : "storage.googleapis.com");
  const url =
    token || !presignedUrl
      ? checked(`${base}/${useVirtualUrl ? pathOf(key) : pathOf(container, key)}`, plain)
      : checked(presignedUrl, plain);
  const headers = {
    "content-type": "application/octet-stream",
    ...(token && { authorization: `Bearer ${token}` }),
  };
  return mustBeTaken("Google's storage", await send(url.href, { method: "PUT", headers, body, signal }, agents));
}
