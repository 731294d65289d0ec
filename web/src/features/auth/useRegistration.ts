import { useEffect, useEffectEvent } from "react";
import { useForm } from "react-hook-form";
import type { FieldPath, UseFormReturn } from "react-hook-form";

import { api, dataOf, fieldErrors, useIntention } from "@/shared/api";
import type { IntentionHandle, Schemas } from "@/shared/api";
import { useDraft } from "@/shared/lib";

export type Registration = Required<Omit<Schemas["RegisterRequest"], "request_id">>;

const EMPTY: Registration = {
  username: "",
  email: "",
  password: "",
  first_name: "",
  last_name: "",
  phone: "",
  date_of_birth: "",
  marketing_emails_consent: false,
};

interface RegistrationForm {
  readonly form: UseFormReturn<Registration>;
  readonly registration: IntentionHandle<Registration, Schemas["Profile"]>;
  /** Why the last attempt failed, unless the fields say so. */
  readonly error: unknown;
  readonly submit: () => Promise<Schemas["Profile"] | undefined>;
}

/** The form of a registration. What is typed, but for the password, survives a reload; one account comes of it. */
export function useRegistration(): RegistrationForm {
  const [draft, setDraft, clearDraft] = useDraft("register", EMPTY);
  const form = useForm<Registration>({ mode: "onTouched", defaultValues: { ...EMPTY, ...draft, password: "" } });
  const registration = useIntention({
    name: "register",
    send: async (body: Registration, request_id) =>
      dataOf(await api.POST("/api/v1/auth/register", { body: { ...body, request_id } })),
    withoutSecrets: (body) => ({ ...body, password: "" }),
  });
  const { outcome } = registration;
  const error = outcome.state === "failed" || outcome.state === "unknown" ? outcome.error : undefined;

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => setDraft({ ...EMPTY, ...values, password: "" }),
      }),
    [form, setDraft],
  );
  const showErrors = useEffectEvent((cause: unknown) => {
    for (const [place, { field, message }] of fieldErrors(cause).entries()) {
      if (field in EMPTY) {
        form.setError(field as FieldPath<Registration>, { message }, { shouldFocus: place === 0 });
      }
    }
  });
  useEffect(() => {
    if (error !== undefined) {
      showErrors(error);
    }
  }, [error]);

  const submit = async (): Promise<Schemas["Profile"] | undefined> => {
    let profile: Schemas["Profile"] | undefined;
    await form.handleSubmit(async (values) => {
      profile = await registration.run(values);
    })();
    if (profile !== undefined) {
      clearDraft();
    }
    return profile;
  };
  const isTold = error !== undefined && fieldErrors(error).some(({ field }) => field in EMPTY);
  return { form, registration, error: isTold ? undefined : error, submit };
}
