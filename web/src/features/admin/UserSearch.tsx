import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useForm } from "react-hook-form";

import { broken, contract } from "@/shared/api";
import { Button, TextField } from "@/shared/ui";

interface UserSearchProps {
  readonly username: string | undefined;
  readonly email: string | undefined;
}

/** Finds users by the beginning of the name, or by the e-mail address. It goes to the address of the page. */
export function UserSearch({ username = "", email = "" }: UserSearchProps): ReactNode {
  const navigate = useNavigate();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { username, email } });
  const search = handleSubmit((values) => {
    const filters = Object.fromEntries(
      Object.entries(values)
        .map(([name, value]) => [name, value.trim()])
        .filter(([, value]) => value !== ""),
    ) as Partial<typeof values>;
    void navigate({ to: "/admin/users", search: filters });
  });
  return (
    <form
      noValidate
      role="search"
      className="mb-4 grid items-end gap-3 sm:grid-cols-[minmax(0,240px)_minmax(0,320px)_auto_auto] sm:justify-start"
      onSubmit={(event) => void search(event)}
    >
      <TextField
        label="Username begins with"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={formState.errors.username?.message}
        {...register("username", {
          validate: (value) => /^[A-Za-z0-9_]{0,30}$/.test(value.trim()) || "Only a-z, A-Z, 0-9 and _, please.",
        })}
      />
      <TextField
        label="E-mail address"
        type="email"
        autoComplete="off"
        spellCheck={false}
        error={formState.errors.email?.message}
        {...register("email", {
          validate: (value) => broken({ ...contract.RegisterRequest.email, required: false }, value.trim()),
        })}
      />
      <Button type="submit" variant="primary">
        Search
      </Button>
      {(username !== "" || email !== "") && (
        <Button onClick={() => void navigate({ to: "/admin/users" })}>Show all</Button>
      )}
    </form>
  );
}
