import { blocksOf } from "./blocks";
import { send } from "./request";
import { checked, mustBeTaken, pathOf, split, type Upload } from "./storage";

const VERSION = { "x-ms-version": "2021-12-02" };

/** Azure's storage takes blocks; nothing is visible until their list is put. */
export async function uploadToAzure({ place, body, agents, signal, plain }: Upload): Promise<string> {
  const { endPoint, storageAccount, creds } = place.info;
  const { container, key } = split(place);
  const base = /^https?:/.test(endPoint ?? "")
    ? endPoint
    : `${storageAccount}.${blobHost(endPoint ?? "core.windows.net")}`;
  const signature = (creds?.AZURE_SAS_TOKEN ?? "").replace(/^\?/, "");
  const address = (query: string) => checked(`${base}/${pathOf(container, key)}?${query}&${signature}`, plain).href;
  const put = async (query: string, sent: Buffer | string, headers = {}) => {
    const length = { "content-length": Buffer.byteLength(sent) };
    const options = { method: "PUT" as const, headers: { ...VERSION, ...headers, ...length }, body: sent, signal };
    return mustBeTaken("Azure's storage", await send(address(query), options, agents));
  };
  const ids: string[] = [];
  for await (const block of blocksOf(body)) {
    const id = Buffer.from(String(ids.length).padStart(6, "0")).toString("base64");
    await put(`comp=block&blockid=${encodeURIComponent(id)}`, block);
    ids.push(id);
  }
  const list = ids.map((id) => `<Latest>${id}</Latest>`).join("");
  return put("comp=blocklist", `<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`, {
    "content-type": "application/xml",
    "x-ms-blob-content-type": "application/octet-stream",
  });
}

const blobHost = (endPoint: string) => (endPoint.startsWith("blob.") ? endPoint : `blob.${endPoint}`);
