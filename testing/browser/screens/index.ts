import { OF_EXPORTS } from "./of-exports";
import { OF_FORMS } from "./of-forms";
import { OF_SETTINGS, SIGNED_OUT_SCREENS } from "./of-settings";

export type { Screen } from "./screen";
export { makeWorld, type World } from "./world";

/** Every page of the app in each of its states. */
export const SCREENS = [...OF_EXPORTS, ...OF_FORMS, ...OF_SETTINGS, ...SIGNED_OUT_SCREENS];
