import { useEffect, useEffectEvent } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";

import { useDraft } from "./drafts";

const NOTHING = {};

/**
 * Keeps in the tab under a name what in a form differs from `before`, and fills it in again after a reload. Returns
 * what forgets it. What is secret is not kept.
 */
export function useFormDraft<Values extends FieldValues>(
  name: string,
  form: UseFormReturn<Values>,
  before: Values,
  secrets: readonly string[] = [],
): () => void {
  const [draft, setDraft, clear] = useDraft<Record<string, unknown>>(name, NOTHING);
  const restore = useEffectEvent(() => {
    const kept = Object.entries(draft).filter(
      ([field, value]) => typeof value === typeof before[field] && !secrets.includes(field),
    );
    if (kept.length > 0) {
      form.reset({ ...before, ...Object.fromEntries(kept) }, { keepDefaultValues: true });
    }
  });
  const keep = useEffectEvent((values: Values) => {
    const changed = Object.entries(values).filter(([field, value]) => value !== before[field]);
    setDraft(Object.fromEntries(changed.filter(([field]) => !secrets.includes(field))));
  });
  useEffect(() => {
    restore();
    return form.subscribe({ formState: { values: true }, callback: ({ values }) => keep(values) });
  }, [form]);
  return clear;
}
