export { HIDDEN, useFormats, useLocale, useOwnFormats, useStar } from "./hooks";
export { DEFAULTS, getSettings, startSettings, updateSettings, useSettings } from "./settings";
export type { Settings } from "./settings";
