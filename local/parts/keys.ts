import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the local stack creates once and must find again: passwords of the parts, keys of the app, the first login. */
export interface Keys {
  postgresPassword: string;
  clickhousePassword: string;
  clickhouseReaderPassword: string;
  s3AccessKeyId: string;
  s3SecretAccessKey: string;
  encryptionKeys: string;
  authSecret: string;
  apiKey?: string;
  login?: { email: string; password: string };
}

/** Reads a data folder's keys and creates missing ones. Throws if the file is damaged. */
export function loadKeys(dataDir: string): Keys {
  const file = keysFile(dataDir);
  const kept = existsSync(file) ? parse(file) : {};
  const keys = { ...makeKeys(), ...kept };
  saveKeys(dataDir, keys);
  return keys;
}

/** Writes the keys, readable only by the owner. Replaces the file atomically. */
export function saveKeys(dataDir: string, keys: Keys): void {
  writePrivate(keysFile(dataDir), `${JSON.stringify(keys, null, 2)}\n`);
}

/** Atomically replaces a file, with mode 0600. */
export function writePrivate(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function keysFile(dataDir: string): string {
  return join(dataDir, "keys.json");
}

function parse(file: string): Partial<Keys> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Partial<Keys>;
  } catch {
    throw new Error(
      `${file} is damaged. It has the passwords and encryption keys of the local data. Restore it, or remove the ` +
        "whole folder to start with new data.",
    );
  }
}

function makeKeys(): Keys {
  return {
    postgresPassword: secret(24),
    clickhousePassword: secret(24),
    clickhouseReaderPassword: secret(24),
    s3AccessKeyId: `PS${randomBytes(9).toString("hex").toUpperCase()}`,
    s3SecretAccessKey: secret(30),
    encryptionKeys: `k1:${randomBytes(32).toString("base64")}`,
    authSecret: secret(32),
  };
}

// Only letters, digits, "-", and "_": safe in URLs and environment variables.
function secret(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}
