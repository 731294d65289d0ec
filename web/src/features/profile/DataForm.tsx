import { useState } from "react";
import type { ReactNode } from "react";
import { useForm, useWatch } from "react-hook-form";

import { $api, ApiError, broken, contract, fieldErrors, refresh } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { useFormDraft } from "@/shared/lib";
import {
  Badge,
  Button,
  Checkbox,
  ErrorState,
  Facts,
  PasswordField,
  SubmitButton,
  TextField,
  Time,
  toast,
} from "@/shared/ui";

import { changesOf, isSameAddress } from "./changes";
import type { Data } from "./changes";

/** What a user may change about themselves. Another e-mail address takes the password. */
export function DataForm({ profile }: { readonly profile: Schemas["Profile"] }): ReactNode {
  const before: Data = {
    first_name: profile.first_name,
    last_name: profile.last_name,
    email: profile.email,
    phone: profile.phone,
    date_of_birth: profile.date_of_birth,
    marketing_emails_consent: profile.marketing_emails_consent,
    current_password: "",
  };
  const [error, setError] = useState<ApiError>();
  const form = useForm<Data>({ mode: "onTouched", defaultValues: before });
  const { register, formState, handleSubmit, reset } = form;
  const clearDraft = useFormDraft("profile", form, before, ["current_password"]);
  const update = $api.useMutation("patch", "/api/v1/auth/me");
  const email = useWatch({ control: form.control, name: "email" });
  const isNewAddress = !isSameAddress(email, before.email);

  const refuse = (cause: unknown): void => {
    const refusal = ApiError.from(cause);
    const told = fieldErrors(refusal).filter(({ field }) => field in before);
    const isWrong = refusal.reason === "BAD_CREDENTIALS";
    for (const { field, message } of told) {
      form.setError(field as keyof Data, { message }, { shouldFocus: true });
    }
    if (isWrong) {
      form.setError("current_password", { message: "This is not your password." }, { shouldFocus: true });
    }
    setError(told.length > 0 || isWrong ? undefined : refusal);
  };
  const save = handleSubmit(async (values) => {
    setError(undefined);
    try {
      await update.mutateAsync({ body: changesOf(before, values) });
      clearDraft();
      toast("good", "Your data is saved.");
      await refresh("/api/v1/auth/me", "/api/v1/auth/audit");
    } catch (cause) {
      refuse(cause);
    }
  });
  const text = (name: Exclude<keyof Data, "marketing_emails_consent" | "current_password">, required = false) => ({
    error: formState.errors[name]?.message,
    required,
    ...register(name, {
      validate: (value) => broken({ ...contract.UpdateProfileRequest[name], required }, value),
    }),
  });
  return (
    <form noValidate method="post" onSubmit={(event) => void save(event)} className="flex flex-col gap-3">
      <Facts
        items={[
          ["Username", <strong key="name">{profile.username}</strong>],
          ["Role", profile.role === "ADMIN" ? <Badge tone="accent">Administrator</Badge> : "Customer"],
          ["Registered", <Time key="since" value={profile.created_at} format="date" />],
        ]}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label="First name" autoComplete="given-name" {...text("first_name", true)} />
        <TextField label="Last name" autoComplete="family-name" {...text("last_name", true)} />
        <TextField label="E-mail" type="email" autoComplete="email" spellCheck={false} {...text("email", true)} />
        <TextField label="Telephone" isOptional type="tel" autoComplete="tel" {...text("phone")} />
        <TextField label="Date of birth" isOptional type="date" autoComplete="bday" {...text("date_of_birth")} />
        {isNewAddress && (
          <PasswordField
            label="Your password"
            autoComplete="current-password"
            hint="To change your e-mail address, enter your password."
            error={formState.errors.current_password?.message}
            {...register("current_password", {
              validate: (value) => broken({ ...contract.UpdateProfileRequest.current_password, required: true }, value),
            })}
          />
        )}
      </div>
      <Checkbox label="Send me news by e-mail" {...register("marketing_emails_consent")} />
      {error !== undefined && <ErrorState isInline error={error} />}
      <div className="flex gap-2">
        <SubmitButton isBusy={formState.isSubmitting} isDisabled={!formState.isDirty} error={error}>
          Save
        </SubmitButton>
        {formState.isDirty && <Button onClick={() => reset(before)}>Undo</Button>}
      </div>
    </form>
  );
}
