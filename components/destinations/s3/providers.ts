/** Defaults for a kind of server, and the form of its endpoints. */
export const PROVIDERS = [
  { value: "aws", label: "Amazon S3", endpoint: null, region: "us-east-1", forcePathStyle: false },
  {
    value: "r2",
    label: "Cloudflare R2",
    endpoint: "https://<account id>.r2.cloudflarestorage.com",
    region: "auto",
    forcePathStyle: true,
  },
  {
    value: "b2",
    label: "Backblaze B2",
    endpoint: "https://s3.eu-central-003.backblazeb2.com",
    region: "eu-central-003",
    forcePathStyle: false,
  },
  {
    value: "spaces",
    label: "DigitalOcean Spaces",
    endpoint: "https://fra1.digitaloceanspaces.com",
    region: "fra1",
    forcePathStyle: false,
  },
  {
    value: "other",
    label: "Another S3-compatible server",
    endpoint: "https://s3.example.com:9000",
    region: "us-east-1",
    forcePathStyle: true,
  },
] as const;

export type Provider = (typeof PROVIDERS)[number]["value"];

/** The kind of server behind an endpoint. */
export function providerOf(endpoint: string | null): Provider {
  if (endpoint === null) return "aws";
  if (endpoint.includes("r2.cloudflarestorage.com")) return "r2";
  if (endpoint.includes("backblazeb2.com")) return "b2";
  if (endpoint.includes("digitaloceanspaces.com")) return "spaces";
  return "other";
}

/**
 * The form's endpoint for a provider. Amazon has none. Others need one, which stays empty until it is entered: without an
 * endpoint, their keys would go to Amazon.
 */
export const endpointFor = (provider: Provider, endpoint: string | null): string | null =>
  provider === "aws" ? null : (endpoint ?? "");

/** The kind of server behind an endpoint, in words. */
export function providerWords(endpoint: string | null): string {
  const provider = providerOf(endpoint);
  if (provider === "other") return "S3-compatible";
  return PROVIDERS.find(({ value }) => value === provider)!.label;
}
