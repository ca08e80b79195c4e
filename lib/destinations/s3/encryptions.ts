export const ENCRYPTIONS = ["none", "AES256", "aws:kms", "aws:kms:dsse"] as const;

/** Whether a KMS key encrypts the objects: a given one, otherwise the account's own `aws/s3`. */
export const usesKms = (encryption: string): boolean => encryption.startsWith("aws:kms");
