import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  to: string[];
  /** Decoded plain text. */
  text: string;
}

/**
 * A real mail server on a free loopback port, with the mails it received. `refuse` rejects recipients with that status.
 */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  refuse: number | null = null;
  readonly #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo: (_, __, done) => {
      if (this.refuse === null) return done();
      done(Object.assign(new Error("an answer that nobody may see"), { responseCode: this.refuse }));
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = envelope.rcptTo.map(({ address }) => address);
        this.received.push({ to, text: plainText(Buffer.concat(chunks).toString("latin1")) });
        done();
      });
    },
  });

  static async open(): Promise<MailServer> {
    const server = new MailServer();
    server.#server.on("error", () => {});
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get url(): string {
    const { port } = this.#server.server.address() as AddressInfo;
    return `smtp://127.0.0.1:${port}`;
  }

  /** The mails to one address, oldest first. */
  to = (address: string): ReceivedMail[] => this.received.filter(({ to }) => to.includes(address));

  close = (): Promise<void> => new Promise((resolve) => this.#server.close(resolve));
}

/** The plain-text part of a mail, decoded. */
function plainText(mail: string): string {
  const [, headers = "", body = ""] =
    /Content-Type: text\/plain([\s\S]*?)\r\n\r\n([\s\S]*?)(?:\r\n--|$)/.exec(mail) ?? [];
  const bytes = /base64/i.test(headers) ? Buffer.from(body, "base64") : Buffer.from(quotedPrintable(body), "latin1");
  return bytes.toString("utf8").replaceAll("\r\n", "\n");
}

const quotedPrintable = (text: string) =>
  text
    .replaceAll(/=\r\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
