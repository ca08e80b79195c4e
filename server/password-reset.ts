import { createInterface } from "node:readline/promises";
import { closeDb } from "@/lib/db/client";
import { resetByLink, resetByOperator } from "@/lib/services/password-reset";

/** The argument with which the new password comes from standard input. */
const STDIN = "--stdin";

const USAGE = `Use: npm run reset-password -- <email> [${STDIN}]`;

/**
 * Prints a link that sets a login's password once or, with `--stdin`, sets the password that is the first line of
 * standard input. A password is never an argument: other users of the machine can read those, and shells keep them.
 */
export async function resetAndReport(args: readonly string[]): Promise<void> {
  const [email, ...others] = args.filter((arg) => arg !== STDIN);
  if (!email?.includes("@") || others.length > 0) throw new Error(USAGE);
  try {
    if (args.includes(STDIN)) {
      await resetByOperator(email, await firstLine());
      console.log(`The password of ${email} is set, and all its sessions have ended.`);
      return;
    }
    const { link, expiresAt } = await resetByLink(email);
    const until = `${expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
    console.log(`Anyone with this link can set the password of ${email}, once, until ${until}:\n${link}`);
  } finally {
    await closeDb();
  }
}

/** The first line of standard input; a terminal shows nothing of what is typed. */
async function firstLine(): Promise<string> {
  const { stdin, stdout } = process;
  if (stdin.isTTY) stdout.write("New password: ");
  // Without an output, readline echoes nothing, and the terminal itself is in raw mode.
  const lines = createInterface({ input: stdin, terminal: stdin.isTTY });
  try {
    for await (const line of lines) return line;
    throw new Error("Standard input is empty: the new password is its first line.");
  } finally {
    lines.close();
    if (stdin.isTTY) stdout.write("\n");
  }
}
