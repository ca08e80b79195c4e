import type { S3Client } from "@aws-sdk/client-s3";

const BODIES = new Set(["PutObjectCommand", "UploadPartCommand"]);

const isLoopback = (host: string) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(host);

/** Whether nobody between here and the storage can change requests: they use TLS, or never leave the machine. */
export function isPrivateLine(endpoint: string | null | undefined): boolean {
  if (!endpoint) return true;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === "https:" || isLoopback(hostname);
}

/**
 * Leaves upload bodies out of the signature, which would hash every byte once more. Their CRC32 remains a signed
 * header, so the storage still refuses a body damaged in transit. Source: "UNSIGNED-PAYLOAD" in Amazon's description of
 * Signature Version 4. On a line that others can write to, bodies stay signed.
 */
export function leaveBodiesUnsigned(client: S3Client): void {
  client.middlewareStack.add(
    (next, context) => (args) => {
      const { headers } = args.request as { headers?: Record<string, string> };
      if (headers && BODIES.has(context.commandName ?? "")) headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD";
      return next(args);
    },
    { step: "build", name: "leaveBodiesUnsigned" },
  );
}
