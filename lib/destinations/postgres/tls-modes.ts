/** As in libpq: `require` encrypts without checking the certificate. */
export const TLS_MODES = ["disable", "require", "verify-ca", "verify-full"] as const;
