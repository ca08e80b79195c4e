/** A request's operation, by its name in Amazon's API. */
export type S3Operation =
  | "AbortMultipartUpload"
  | "CompleteMultipartUpload"
  | "CopyObject"
  | "CreateMultipartUpload"
  | "DeleteObject"
  | "DeleteObjects"
  | "GetObject"
  | "HeadBucket"
  | "HeadObject"
  | "ListMultipartUploads"
  | "ListObjectsV2"
  | "ListParts"
  | "PutObject"
  | "UploadPart"
  | "other";

export type ObjectKind = "data" | "manifest" | "marker";

const MANIFEST = /(?:_manifest\.json|(?:^|\/)_manifests\/[^/]*\.json|-manifest-[^/]*\.json)$/;

/** An object's kind, by its name: every layout's manifests, Hive's marks, otherwise a file of rows. */
export function kindOf(key: string): ObjectKind {
  if (MANIFEST.test(key)) return "manifest";
  return key.endsWith("/_SUCCESS") || key === "_SUCCESS" ? "marker" : "data";
}

export interface Asked {
  operation: S3Operation;
  bucket: string;
  /** Empty for requests about the bucket itself. */
  key: string;
}

type Shape = Pick<Asked, "key"> & { query: URLSearchParams; copies: boolean };

const BY_METHOD: Record<string, (shape: Shape) => S3Operation> = {
  PUT: ({ key, query, copies }) => {
    if (query.has("partNumber")) return "UploadPart";
    if (key === "") return "other";
    return copies ? "CopyObject" : "PutObject";
  },
  POST: ({ query }) => {
    if (query.has("uploads")) return "CreateMultipartUpload";
    if (query.has("uploadId")) return "CompleteMultipartUpload";
    return query.has("delete") ? "DeleteObjects" : "other";
  },
  DELETE: ({ key, query }) => {
    if (query.has("uploadId")) return "AbortMultipartUpload";
    return key === "" ? "other" : "DeleteObject";
  },
  HEAD: ({ key }) => (key === "" ? "HeadBucket" : "HeadObject"),
  GET: ({ key, query }) => {
    if (query.has("uploads")) return "ListMultipartUploads";
    if (query.has("uploadId")) return "ListParts";
    if (key !== "") return "GetObject";
    return query.get("list-type") === "2" ? "ListObjectsV2" : "other";
  },
};

/** Names a request by its method and its path, which starts with the bucket. */
export function askedOf(method: string, path: string, headers: Record<string, unknown>): Asked {
  const url = new URL(path, "http://storage");
  const [, bucket = "", ...rest] = url.pathname.split("/");
  const key = decodeURIComponent(rest.join("/"));
  const shape = { key, query: url.searchParams, copies: "x-amz-copy-source" in headers };
  return { operation: BY_METHOD[method]?.(shape) ?? "other", bucket, key };
}

/** A step's name: the operation, and the kind of object where that can differ. */
export function stepName({ operation, key }: Pick<Asked, "operation" | "key">): string {
  if (key === "" || operation.includes("Multipart") || operation === "UploadPart") return operation;
  return `${operation} ${kindOf(key)}`;
}
