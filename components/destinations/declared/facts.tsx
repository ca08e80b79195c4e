import { isVisible, valueWords } from "@/components/spec-fields/visible";
import type { ConnectionConfig } from "@/lib/destinations/connection";
import { type DestinationType, outlines, settingFields } from "@/lib/destinations/outlines";
import type { Settings } from "@/lib/destinations/settings";
import type { ModelName } from "@/lib/rows/tables/registry";
import { code, inline } from "../code";
import type { ConnectionLook, DestinationWords, Fact } from "../parts";
import { isSecret } from "./form";

interface Leading {
  type: DestinationType;
  config: ConnectionConfig;
}

/** How a connection authenticates: its chosen method, otherwise the name of its secret. */
function signInWords({ type, config }: Leading): string {
  const specs = outlines[type].form.connection;
  const way = specs.find(({ name }) => name === "auth");
  if (way && "auth" in config) return valueWords(way, config.auth);
  const secret = specs.find((spec) => isSecret(type, spec))?.label ?? "";
  // The input format in parentheses is irrelevant here.
  return secret.replace(/ \(.*\)$/, "");
}

/** The readable settings, labeled as in the form. Authentication is shown separately. */
function lookOf({ type, config }: Leading): ConnectionLook {
  const stored: Record<string, unknown> = { ...config };
  const leads = outlines[type].form.connection
    .filter((spec) => !isSecret(type, spec) && spec.name !== "auth" && isVisible(spec, stored))
    .filter((spec) => !spec.optional || stored[spec.name] !== null)
    .map((spec): Fact => {
      const words = valueWords(spec, stored[spec.name]);
      return [spec.label, spec.options ? words : code(words)];
    });
  return { leads, isWide: false, more: [], asksExternalId: false };
}

/** Declared settings, labeled as in the form. */
function settingFacts(settings: Settings, model: ModelName): Fact[] {
  const values: Record<string, unknown> = { ...settings };
  return settingFields(settings.type, model)
    .filter((spec) => isVisible(spec, values))
    .map((spec) => {
      const words = valueWords(spec, values[spec.name]);
      return [spec.label, spec.options ? words : inline(words)];
    });
}

export const declaredWords: DestinationWords<DestinationType> = {
  kindWords: ({ type }) => outlines[type].form.label,
  signInWords,
  look: lookOf,
  settingFacts,
};
