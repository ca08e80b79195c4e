import { createTransport, type Transporter } from "nodemailer";

/** Limits in ms for connecting, greeting, idling, and DNS. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 10_000 };

/**
 * Opens a mail server by URL: `smtps://` uses TLS from the start, `smtp://` upgrades if offered, and `?requireTLS=true`
 * requires it. Close it after use.
 */
export const openSmtp = (url: string): Transporter =>
  // A mail's content must never make this machine read files or URLs.
  createTransport({ url, ...TIMEOUTS, pool: true, maxConnections: 2, disableFileAccess: true, disableUrlAccess: true });

interface SmtpError {
  code?: unknown;
  responseCode?: unknown;
}

/** Explains why a mail was not sent. Of the server's response, only the code is shown. */
export function smtpFailure(error: unknown): { message: string; final: boolean } {
  const { code, responseCode } = (error ?? {}) as SmtpError;
  const answer = typeof responseCode === "number" ? ` (${responseCode})` : "";
  const isRefused = typeof responseCode === "number" && responseCode >= 500;
  if (code === "EAUTH" || code === "ENOAUTH")
    return say(`The mail server doesn't accept the user and password in SMTP_URL${answer}.`);
  if (code === "EENVELOPE")
    return say(
      `The mail server refuses the sender or the recipient${answer}. Check MAIL_FROM and the email address.`,
      isRefused,
    );
  if (code === "EMESSAGE") return say(`The mail server refuses the email${answer}.`, isRefused);
  if (code === "ETLS")
    return say("The TLS connection to the mail server failed. Check SMTP_URL and the server's certificate.");
  if (code === "EDNS") return say("The mail server’s name can’t be resolved. Check SMTP_URL.");
  if (code === "ETIMEDOUT") return say("The mail server didn't respond in time.");
  if (code === "EPROTOCOL") return say(`The mail server’s response can’t be understood${answer}. Check SMTP_URL.`);
  if (code === "ESOCKET" || code === "ECONNECTION")
    return say(`The mail server can’t be reached${answer}. Check SMTP_URL.`);
  return say(`The mail server didn't accept the email${answer}.`);
}

const say = (message: string, final = false) => ({ message, final });
