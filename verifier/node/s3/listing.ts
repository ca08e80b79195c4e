import type { Listed } from "../../core/tools";

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replaceAll(/&(#x[0-9a-fA-F]+|#[0-9]+|[a-z]+);/g, (whole, name: string) => {
    if (name.startsWith("#x")) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith("#")) return String.fromCodePoint(Number(name.slice(1)));
    return ENTITIES[name] ?? whole;
  });
}

const elementIn = (xml: string, name: string): string | null =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? null;

export interface Page {
  /** With whole keys as names. */
  objects: Listed[];
  /** Continues the list; null at its end. */
  next: string | null;
}

/** Reads a page of ListObjectsV2. Keys are URL-encoded, because XML can't carry all of them. Throws if it is no page. */
export function readPage(xml: string): Page {
  if (!/<ListBucketResult[\s>]/.test(xml))
    throw new Error("the storage responds with something other than a list of objects");
  // Not every storage encodes keys when it is asked to.
  const isEncoded = elementIn(xml, "EncodingType") === "url";
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, content = ""]) => {
    const [key, size] = [elementIn(content, "Key"), elementIn(content, "Size")];
    if (key === null || size === null) throw new Error("the storage lists an object without a key or size");
    const name = unescapeXml(key);
    return { name: isEncoded ? decodeURIComponent(name.replaceAll("+", "%20")) : name, size: Number(size) };
  });
  const isCut = elementIn(xml, "IsTruncated") === "true";
  const next = elementIn(xml, "NextContinuationToken");
  if (isCut && next === null) throw new Error("the storage doesn't say how its list of objects continues");
  return { objects, next: isCut && next !== null ? unescapeXml(next) : null };
}
