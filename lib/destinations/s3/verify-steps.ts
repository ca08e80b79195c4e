import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { ExportError, type Failure } from "../../errors";
import { conditionFailed, conditionUnknown, FREE } from "./conditions";
import { encryptionOf } from "./encryption";
import { usesKms } from "./encryptions";
import type { Probe } from "./probe";
import type { StoredS3Config } from "./schema";
import type { S3Destination } from "./settings";
import { accessSteps } from "./verify-access";
import { multipartSteps } from "./verify-parts";
import { type Seen, type Step, withoutChecksums } from "./verify-step";

export type Encryption = Pick<S3Destination, "encryption" | "kmsKeyId">;

const NONE: Encryption = { encryption: "none", kmsKeyId: null };

/** The distinct encryptions that exports request. */
function distinctEncryptions(settings: Encryption[]): Encryption[] {
  const all = settings.length > 0 ? settings : [NONE];
  const byKey = new Map(all.map(({ encryption, kmsKeyId }) => [`${encryption} ${kmsKeyId}`, { encryption, kmsKeyId }]));
  return [...byKey.values()];
}

/** All steps of a verification for exports with these settings. */
export function stepsFor(config: StoredS3Config, settings: Encryption[]): Step[] {
  const encryptions = distinctEncryptions(settings);
  const writes = encryptions.map((it) => writeStep(it, encryptions.length));
  const names = writes.map(({ name }) => name);
  // The most demanding one: parts need more of a KMS key than a single PUT.
  const hardest = encryptions.find(({ encryption }) => usesKms(encryption)) ?? encryptions[0]!;
  return [
    ...accessSteps(config),
    ...writes,
    conditionStep(names),
    readStep(names),
    ...multipartSteps(hardest, names),
    deleteStep,
  ];
}

const writeStep = (encryption: Encryption, of: number): Step => ({
  name: of === 1 ? "Write" : `Write (${nameOf(encryption)})`,
  needs: ["Reach"],
  permission: "s3:PutObject",
  kmsKeyId: encryption.kmsKeyId,
  run: (probe) => write(probe, encryption),
});

const nameOf = ({ encryption, kmsKeyId }: Encryption) =>
  encryption === "none" ? "no encryption" : kmsKeyId === null ? encryption : `${encryption} ${kmsKeyId}`;

async function write(probe: Probe, encryption: Encryption): Promise<Seen> {
  const object = { ...probe.object, Body: probe.text, ...encryptionOf(encryption) };
  const { ServerSideEncryption } = await probe.write(() => probe.client.send(new PutObjectCommand(object)));
  probe.written = true;
  const wrote = `Wrote ${probe.object.Key}.${withoutChecksums(probe)}`;
  if (encryption.encryption === "none" || ServerSideEncryption === encryption.encryption) return { message: wrote };
  return {
    message: `${wrote} But the storage doesn't confirm the encryption ${nameOf(encryption)}, so it might ignore it.`,
  };
}

/** Tries to overwrite the probe on the condition that its key is free. */
const conditionStep = (needs: string[]): Step => ({
  name: "Conditional write",
  needs,
  permission: "s3:PutObject",
  run: async ({ client, object, text }) => {
    try {
      await client.send(new PutObjectCommand({ ...object, Body: text, ...FREE }));
    } catch (error) {
      if (conditionFailed(error, FREE))
        return { message: "The storage refuses a conditional write over an existing object." };
      if (!conditionUnknown(error, FREE)) throw error;
    }
    return {
      status: "skipped",
      message:
        "The storage ignores conditions on writes. Exports work without them, but a late request can overwrite an object of the layout amplitude, and exports can overwrite objects that others wrote.",
    };
  },
});

const otherBytes: Failure = {
  code: "storage_corrupts",
  message: "The object's bytes differ from what was written.",
  fix: "Check for a proxy or cache between Penstock and the storage that changes bodies.",
  retryable: false,
};

const readStep = (needs: string[]): Step => ({
  name: "Read back",
  needs,
  permission: "s3:GetObject",
  optional: () =>
    "Exports work without it, but when a window is exported again, its old files are recognized only by size and ETag, and files that aren't recognized stay in the bucket. Audits can't read files back, and can't check anything if they can't list files either.",
  run: async ({ client, object, text }) => {
    const { Body } = await client.send(new GetObjectCommand(object));
    if ((await Body?.transformToString()) !== text) throw new ExportError(otherBytes);
    return { message: "The object has the bytes that were written." };
  },
});

const deleteStep: Step = {
  name: "Delete",
  needs: ["Reach"],
  permission: "s3:DeleteObject",
  optional: ({ object }) =>
    `Exports work without it, but when a changed window is exported again, its old files stay beside the new ones, so readers that list files instead of reading manifests find rows twice. The probe ${object.Key} stays too.`,
  run: async (probe) => {
    if (!probe.written) return { status: "skipped", message: "Skipped, because nothing was written." };
    await probe.remove();
    return { message: "The probe was removed." };
  },
};
