import { useState } from "react";
import type { ReactNode } from "react";
import { useWatch } from "react-hook-form";
import type { FieldPath, UseFormReturn } from "react-hook-form";

import { broken, checksOf, contract, passwordChecks, passwordProblem } from "@/shared/api";
import { Checkbox, ErrorState, Notice, PasswordField, RuleList, SubmitButton, TextField } from "@/shared/ui";

import { useRegistration } from "./useRegistration";
import type { Registration } from "./useRegistration";

type TextName = Exclude<FieldPath<Registration>, "marketing_emails_consent" | "password">;

interface RegisterFormProps {
  readonly onRegistered: (username: string, password: string) => Promise<void>;
}

/** All that an account needs. The rules come from the contract, and are ticked off as one types. */
export function RegisterForm({ onRegistered }: RegisterFormProps): ReactNode {
  const { form, registration, error, submit } = useRegistration();
  const [isEntering, setEntering] = useState(false);
  const isBusy = isEntering || registration.outcome.state === "busy";
  const send = async (): Promise<void> => {
    const { password } = form.getValues();
    const profile = isBusy ? undefined : await submit();
    if (profile !== undefined) {
      setEntering(true);
      await onRegistered(profile.username, password);
      setEntering(false);
    }
  };
  const isUnsure = registration.outcome.state === "unknown";
  return (
    <form
      noValidate
      method="post"
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {isUnsure && (
        <Notice tone="warn">
          It is not known whether the last attempt arrived. Send the same again: it makes one account.
        </Notice>
      )}
      <Names form={form} />
      <Password form={form} />
      <Extras form={form} />
      {error !== undefined && <ErrorState isInline error={error} />}
      <SubmitButton isWide isBusy={isBusy} error={error}>
        {isUnsure ? "Send it again" : "Open an account"}
      </SubmitButton>
    </form>
  );
}

interface PartProps {
  readonly form: UseFormReturn<Registration>;
}

function Names({ form }: PartProps): ReactNode {
  const username = useWatch({ control: form.control, name: "username" });
  return (
    <>
      <TextField
        label="Username"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        hint={<RuleList checks={checksOf(contract.RegisterRequest.username, username)} />}
        {...field(form, "username")}
      />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        {...field(form, "email")}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label="First name" autoComplete="given-name" required {...field(form, "first_name")} />
        <TextField label="Last name" autoComplete="family-name" required {...field(form, "last_name")} />
      </div>
    </>
  );
}

function Password({ form }: PartProps): ReactNode {
  const [username, password] = useWatch({ control: form.control, name: ["username", "password"] });
  const rule = contract.RegisterRequest.password;
  return (
    <PasswordField
      label="Password"
      autoComplete="new-password"
      required
      error={form.formState.errors.password?.message}
      hint={<RuleList checks={passwordChecks(rule, password, username)} note="Common passwords are refused." />}
      {...form.register("password", {
        validate: (value, { username: name }) => passwordProblem(rule, value, name),
      })}
    />
  );
}

function Extras({ form }: PartProps): ReactNode {
  const { errors } = form.formState;
  const [isOpen, setOpen] = useState(false);
  const hasError = errors.phone !== undefined || errors.date_of_birth !== undefined;
  return (
    <>
      <details open={isOpen || hasError} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="tap text-mute flex w-fit items-center gap-1.5 before:content-['+'] in-open:before:content-['−']">
          Telephone, date of birth
        </summary>
        <div className="mt-1 grid gap-3 sm:grid-cols-2">
          <TextField
            label="Telephone"
            isOptional
            type="tel"
            autoComplete="tel"
            placeholder="+1 415 555 0100"
            {...field(form, "phone")}
          />
          <TextField
            label="Date of birth"
            isOptional
            type="date"
            autoComplete="bday"
            {...field(form, "date_of_birth")}
          />
        </div>
      </details>
      <Checkbox label="Send me news by e-mail" {...form.register("marketing_emails_consent")} />
    </>
  );
}

function field(
  form: UseFormReturn<Registration>,
  name: TextName,
): ReturnType<typeof form.register> & { error: string | undefined } {
  const rule = contract.RegisterRequest[name];
  const props = form.register(name, { validate: (value) => broken(rule, typeof value === "string" ? value : "") });
  return { ...props, error: form.formState.errors[name]?.message };
}
