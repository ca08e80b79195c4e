import type { S3Client } from "@aws-sdk/client-s3";

const BODIES = new Set(["PutObjectCommand", "UploadPartCommand"]);

const isLoopback = (host: string) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(host);

/** Whether nobody between here and the storage can change what is sent: by TLS, or because it never leaves the machine. */
export function isPrivateLine(endpoint: string | null | undefined): boolean {
  if (!endpoint) return true;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === "https:" || isLoopback(hostname);
}

/**
 * Leaves the bodies of uploads out of the signature, which would hash every byte once more. Their CRC32 stays a signed header,
 * so the storage still refuses a body that was damaged on its way. Source: "UNSIGNED-PAYLOAD" in Amazon's description of
 * Signature Version 4. Over a line that others can write to, bodies stay signed.
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
