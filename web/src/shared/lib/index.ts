export { newRequestId } from "@client/ids";
export { sleep } from "@client/retry";

export { isDay, spanOfDays } from "./days";
export { clearDrafts, useDraft } from "./drafts";
export { useNow } from "./now";
export { clearStored, readStored, writeStored } from "./storage";
export { createStore, useStore } from "./store";
export type { Store } from "./store";
export { useFormDraft } from "./useFormDraft";
