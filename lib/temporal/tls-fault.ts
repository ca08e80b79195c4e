import { X509Certificate } from "node:crypto";
import { connect, type TLSSocket } from "node:tls";
import type { Env } from "../env";
import { temporalAddress } from "./connection";

/** How long a handshake may take, and how long a server may take to refuse the certificate after it, in ms. */
const HANDSHAKE = 1_000;
const REFUSAL = 300;

const RENEW = "Set TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY to a renewed certificate and its key, and restart.";
const ANOTHER = "Set TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY to a certificate of a CA that it trusts, and its key.";
const CA = "Set TEMPORAL_TLS_CA to a file with the certificate of its CA.";

/** What an error's code says about a handshake. Sources: Node's and OpenSSL's lists of error codes. */
const FAULTS: [codes: RegExp, fault: string][] = [
  [/^CERT_HAS_EXPIRED$/, "Temporal's certificate has expired. Renew it on the server."],
  [/^CERT_NOT_YET_VALID$/, "Temporal's certificate isn't valid yet. Compare this machine's clock with the server's."],
  [
    /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_SIGNATURE_FAILURE$)/,
    `Temporal's certificate is from a CA that this machine doesn't trust. ${CA}`,
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    "Temporal's certificate doesn't match the host in TEMPORAL_ADDRESS. Set TEMPORAL_TLS_SERVER_NAME to the name in the certificate.",
  ],
  [
    /ALERT_CERTIFICATE_REQUIRED$/,
    "Temporal requires a client certificate. Set TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY.",
  ],
  [/ALERT_CERTIFICATE_EXPIRED$/, `Temporal says that the certificate in TEMPORAL_TLS_CERT has expired. ${RENEW}`],
  [/ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_\w+|ACCESS_DENIED)$/, refused(ANOTHER)],
  [
    /(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/,
    "Temporal's frontend doesn't use TLS. Remove the variables TEMPORAL_TLS…, or set TEMPORAL_ADDRESS to an address with TLS.",
  ],
];

function refused(fix: string): string {
  return `Temporal refuses the certificate in TEMPORAL_TLS_CERT. ${fix}`;
}

/** What an error's code says about a handshake; null if it says nothing about certificates. */
export const faultOfCode = (code: string): string | null => FAULTS.find(([codes]) => codes.test(code))?.[1] ?? null;

/**
 * Why Temporal can't be reached over TLS, with the variable to set, found by a handshake of its own: the SDK's client
 * only says that time ran out. Null if certificates are not the cause. Never contains an address.
 */
export async function tlsFault(env: Env): Promise<string | null> {
  // It was valid when the process started.
  const expiry = env.TEMPORAL_TLS_CERT && new X509Certificate(env.TEMPORAL_TLS_CERT).validToDate;
  if (expiry && expiry < new Date()) return `The certificate in TEMPORAL_TLS_CERT has expired. ${RENEW}`;
  const { tls } = temporalAddress(env);
  const { hostname, port } = new URL(`tcp://${env.TEMPORAL_ADDRESS}`);
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port || 7233),
    ca: tls?.serverRootCACertificate && Buffer.from(tls.serverRootCACertificate),
    cert: env.TEMPORAL_TLS_CERT,
    key: env.TEMPORAL_TLS_KEY,
    ...(tls?.serverNameOverride && { servername: tls.serverNameOverride }),
    ALPNProtocols: ["h2"],
    // Without TLS here, all that matters is whether the server uses it.
    rejectUnauthorized: tls !== undefined,
  });
  try {
    const code = await outcomeOf(socket);
    if (tls) return code === "REFUSED" ? afterHandshake(env) : faultOfCode(code);
    const usesTls = code === "ACCEPTED" || code === "REFUSED" || code.includes("_ALERT_");
    return usesTls ? "Temporal's frontend uses TLS. Set TEMPORAL_TLS to true." : null;
  } finally {
    socket.destroy();
  }
}

/** A server that verifies certificates after the handshake just closes the connection. */
const afterHandshake = ({ TEMPORAL_TLS_CERT: cert }: Env) =>
  cert ? refused(ANOTHER) : faultOfCode("ALERT_CERTIFICATE_REQUIRED");

/** The code of the handshake's error, `REFUSED` if the server closes the connection after it, or `ACCEPTED`. */
function outcomeOf(socket: TLSSocket): Promise<string> {
  return new Promise((resolve) => {
    let isSecure = false;
    socket.setTimeout(HANDSHAKE, () => resolve(isSecure ? "ACCEPTED" : "TIMEOUT"));
    socket.on("secureConnect", () => {
      isSecure = true;
      setTimeout(() => resolve("ACCEPTED"), REFUSAL).unref();
    });
    // After a handshake, TLS 1.3 reports a refused certificate as an alert, and some servers as a reset.
    socket.on("error", ({ code = "" }: NodeJS.ErrnoException) =>
      resolve(isSecure && code === "ECONNRESET" ? "REFUSED" : code),
    );
    socket.on("close", () => resolve(isSecure ? "REFUSED" : "CLOSED"));
    socket.resume();
  });
}
