import { useState } from "react";
import type { ReactNode } from "react";
import { useForm, useWatch } from "react-hook-form";

import { $api, ApiError, broken, contract, fieldErrors, passwordChecks, passwordProblem } from "@/shared/api";
import { leave, signOut } from "@/shared/session";
import { ConfirmDialog, ErrorState, Notice, PasswordField, RuleList, SubmitButton, toast } from "@/shared/ui";

const RULES = contract.ChangePasswordRequest;

/** Another password. It ends all sessions, this one too, and says so before. */
export function PasswordForm({ username }: { readonly username: string }): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<ApiError>();
  const form = useForm({ mode: "onTouched", defaultValues: { current_password: "", new_password: "" } });
  const { register, formState, handleSubmit } = form;
  const next = useWatch({ control: form.control, name: "new_password" });
  const change = $api.useMutation("post", "/api/v1/auth/password");

  const refuse = (refusal: ApiError): void => {
    const told = fieldErrors(refusal);
    for (const { field, message } of told) {
      form.setError(field as "new_password", { message }, { shouldFocus: true });
    }
    if (refusal.reason === "BAD_CREDENTIALS") {
      form.setError("current_password", { message: "This is not your password." }, { shouldFocus: true });
    } else if (told.length === 0) {
      setError(refusal);
    }
  };
  const send = async (): Promise<void> => {
    setError(undefined);
    try {
      await change.mutateAsync({ body: form.getValues() });
    } catch (cause) {
      setAsking(false);
      refuse(ApiError.from(cause));
      return;
    }
    toast("good", "Your password is changed. Sign in with the new one.");
    await signOut().catch(() => leave()); // the session has ended already; this tells the other tabs
  };
  return (
    <form
      noValidate
      method="post"
      className="flex flex-col gap-3"
      onSubmit={(event) => void handleSubmit(() => setAsking(true))(event)}
    >
      <Notice>
        A new password ends all sessions: you are signed out here and on all other devices, and sign in again with the
        new one.
      </Notice>
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <div className="grid gap-3 sm:grid-cols-2">
        <PasswordField
          label="Current password"
          autoComplete="current-password"
          error={formState.errors.current_password?.message}
          {...register("current_password", { validate: (value) => broken(RULES.current_password, value) })}
        />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          error={formState.errors.new_password?.message}
          hint={
            <RuleList
              checks={passwordChecks(RULES.new_password, next, username)}
              note="Another one than now; common ones are refused."
            />
          }
          {...register("new_password", { validate: (value) => passwordProblem(RULES.new_password, value, username) })}
        />
      </div>
      {error !== undefined && <ErrorState isInline error={error} />}
      <div>
        <SubmitButton variant="plain" isBusy={change.isPending} error={error}>
          Change the password…
        </SubmitButton>
      </div>
      <ConfirmDialog
        title="Change your password?"
        action="Change it and sign out"
        isOpen={isAsking}
        isBusy={change.isPending}
        onConfirm={() => void send()}
        onClose={() => setAsking(false)}
      >
        <p>All your sessions end, this one too. Then you sign in with the new password.</p>
        <p>Orders that are on their way are not affected.</p>
      </ConfirmDialog>
    </form>
  );
}
