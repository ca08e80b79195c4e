import { expect, it } from "vitest";
import { faultOfCode } from "./tls-fault";

// Codes as Node reports them for what servers and OpenSSL say.
it.each([
  ["CERT_HAS_EXPIRED", /has expired\. Renew it on the server/],
  ["CERT_NOT_YET_VALID", /clock/],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /TEMPORAL_TLS_CA/],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", /TEMPORAL_TLS_CA/],
  ["SELF_SIGNED_CERT_IN_CHAIN", /TEMPORAL_TLS_CA/],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", /TEMPORAL_TLS_CA/],
  ["CERT_SIGNATURE_FAILURE", /TEMPORAL_TLS_CA/],
  ["ERR_TLS_CERT_ALTNAME_INVALID", /TEMPORAL_TLS_SERVER_NAME/],
  ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", /requires a client certificate.*TEMPORAL_TLS_CERT/],
  ["ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED", /in TEMPORAL_TLS_CERT has expired/],
  ["ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED", /in TEMPORAL_TLS_CERT has expired/],
  ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", /refuses the certificate in TEMPORAL_TLS_CERT/],
  ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", /refuses the certificate in TEMPORAL_TLS_CERT/],
  ["ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED", /refuses the certificate in TEMPORAL_TLS_CERT/],
  ["ERR_SSL_WRONG_VERSION_NUMBER", /doesn't use TLS/],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", /doesn't use TLS/],
])("says what %s means", (code, fault) => {
  expect(faultOfCode(code)).toMatch(fault);
});

it.each(["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "ECONNRESET", ""])("says nothing of %j", (code) => {
  expect(faultOfCode(code)).toBeNull();
});
