import { useState } from "react";
import type { ReactNode } from "react";
import { useForm } from "react-hook-form";

import { broken, contract } from "@/shared/api";
import { signIn } from "@/shared/session";
import { Button, Checkbox, ErrorState, PasswordField, TextField } from "@/shared/ui";

interface SignInFormProps {
  /** Who was signed in here before. */
  readonly username?: string | undefined;
  readonly onDone?: () => void;
}

/** Name and password. Used by the page, and by the dialog when a session ends. */
export function SignInForm({ username = "", onDone }: SignInFormProps): ReactNode {
  const [error, setError] = useState<unknown>();
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { username, password: "", isRemembered: false },
  });
  const rules = contract.LoginRequest;
  const submit = handleSubmit(async (values) => {
    setError(undefined);
    try {
      await signIn(values);
      onDone?.();
    } catch (cause) {
      setError(cause);
    }
  });
  return (
    <form noValidate method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
      {error !== undefined && <ErrorState isInline error={error} />}
      <TextField
        label="Username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={formState.errors.username?.message}
        {...register("username", { validate: (value) => broken(rules.username, value) })}
      />
      <PasswordField
        label="Password"
        autoComplete="current-password"
        error={formState.errors.password?.message}
        {...register("password", { validate: (value) => broken(rules.password, value) })}
      />
      <Checkbox label="Stay signed in on this device" {...register("isRemembered")} />
      <Button type="submit" variant="primary" isWide isBusy={formState.isSubmitting}>
        Sign in
      </Button>
    </form>
  );
}
