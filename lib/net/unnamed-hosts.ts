import { getEnv } from "../env";
import { parseAllowed } from "../ip/allowed";

/** A warning for the operator about entries without a purpose; null if there are none. */
export function unnamedHosts(): string | null {
  const count = parseAllowed(getEnv().ALLOWED_PRIVATE_HOSTS).filter(({ purpose }) => purpose === null).length;
  if (count === 0) return null;
  return (
    "ALLOWED_PRIVATE_HOSTS has entries without a purpose. They allow connections of every type, but not webhooks or Penstock's own services. " +
    "Add a purpose to each, like s3=minio.internal or webhook=hooks.internal."
  );
}
