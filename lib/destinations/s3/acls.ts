/** The ACL that Penstock can give to files: readable for the bucket's owner too, in a bucket of another account. */
export const ACLS = ["bucket-owner-full-control"] as const;
