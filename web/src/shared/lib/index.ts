export { isDay, spanOfDays } from "./days";
export { clearDrafts, useDraft } from "./drafts";
export { useNow } from "./now";
export { newRequestId } from "./random";
export { sleep } from "./sleep";
export { clearStored, readStored, writeStored } from "./storage";
export { createStore, useStore } from "./store";
export type { Store } from "./store";
