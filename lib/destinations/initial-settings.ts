import { type DestinationType, outlines } from "./outlines";
import { s3Initial } from "./s3/initial";
import type { Settings } from "./settings";

/** Types whose outlines don't have all settings. */
const own: { readonly [T in DestinationType]?: Settings } = { s3: s3Initial };

/** The settings of a new export: the schema's defaults, without loading the schema. */
export function initialSettings(type: DestinationType): Settings {
  const declared = outlines[type].form.settings.map(({ name, initial }) => [name, initial]);
  return own[type] ?? ({ type, ...Object.fromEntries(declared) } as Settings);
}
