import { useState } from "react";
import type { ReactNode } from "react";
import { useForm } from "react-hook-form";

import { ApiError, broken, contract } from "@/shared/api";
import { readStored, useDraft, writeStored } from "@/shared/lib";
import { signIn } from "@/shared/session";
import { Checkbox, ErrorState, Notice, PasswordField, SubmitButton, TextField } from "@/shared/ui";

interface SignInFormProps {
  /** Who was signed in here before. */
  readonly username?: string | undefined;
  readonly onDone?: () => void;
}

const REMEMBER = "cnop.remember"; // what was chosen last, so that signing in again does not change it

/** Name and password. Used by the page, and by the dialog when a session ends. */
export function SignInForm({ username, onDone }: SignInFormProps): ReactNode {
  const [error, setError] = useState<ApiError>();
  const [draft, setDraft] = useDraft("sign-in.username", "");
  const { register, handleSubmit, formState, setFocus } = useForm({
    defaultValues: {
      username: username ?? draft,
      password: "",
      isRemembered: readStored("localStorage", REMEMBER) === true,
    },
  });
  const rules = contract.LoginRequest;
  const submit = handleSubmit(async (values) => {
    setError(undefined);
    try {
      await signIn(values);
      writeStored("localStorage", REMEMBER, values.isRemembered);
      onDone?.();
    } catch (cause) {
      const refusal = ApiError.from(cause);
      setError(refusal);
      if (refusal.reason === "BAD_CREDENTIALS") {
        setFocus("password", { shouldSelect: true });
      }
    }
  });
  return (
    <form noValidate method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
      <Refusal error={error} />
      <TextField
        label="Username"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        error={formState.errors.username?.message}
        {...register("username", {
          validate: (value) => broken(rules.username, value),
          onChange: ({ target }: { target: { value: string } }) => setDraft(target.value),
        })}
      />
      <PasswordField
        label="Password"
        autoComplete="current-password"
        autoFocus={username !== undefined}
        data-autofocus={username === undefined ? undefined : true}
        required
        error={formState.errors.password?.message}
        {...register("password", { validate: (value) => broken(rules.password, value) })}
      />
      <Checkbox
        label="Stay signed in on this device"
        hint="For 30 days at most. Leave it off on a shared computer."
        {...register("isRemembered")}
      />
      <SubmitButton isWide isBusy={formState.isSubmitting} error={error}>
        Sign in
      </SubmitButton>
    </form>
  );
}

/** Why a sign-in failed. It never tells whether the user exists. */
function Refusal({ error }: { readonly error: ApiError | undefined }): ReactNode {
  if (error === undefined) {
    return null;
  }
  return error.reason === "RATE_LIMITED" ? (
    <div role="alert">
      <Notice tone="warn">
        Too many attempts. After wrong passwords the next attempt has to wait, longer each time. What you typed is kept.
      </Notice>
    </div>
  ) : (
    <ErrorState isInline error={error} />
  );
}
