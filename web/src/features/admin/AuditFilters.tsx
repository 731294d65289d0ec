import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { useForm } from "react-hook-form";

import { ApiError } from "@/shared/api";
import { Button, ErrorState, SubmitButton, TextField } from "@/shared/ui";

import { findUserId } from "./findUserId";
import { PersonName } from "./Person";

interface FiltersProps {
  readonly userId: string | undefined;
  readonly actorId: string | undefined;
}

/** Whose events are shown. People are found by name or id; the address of the page has the ids. */
export function AuditFilters({ userId, actorId }: FiltersProps): ReactNode {
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>();
  const form = useForm({ defaultValues: { user: userId ?? "", actor: actorId ?? "" } });
  const { register, handleSubmit, formState } = form;
  const find = async (name: "user" | "actor", text: string): Promise<string | undefined> => {
    const id = text.trim() === "" ? "" : await findUserId(text.trim());
    if (id === undefined) {
      form.setError(name, { message: "There is no user of this name." }, { shouldFocus: true });
    }
    return id;
  };
  const show = handleSubmit(async ({ user, actor }) => {
    setError(undefined);
    try {
      const [user_, actor_] = [await find("user", user), await find("actor", actor)];
      if (user_ !== undefined && actor_ !== undefined) {
        const search = { ...(user_ !== "" && { userId: user_ }), ...(actor_ !== "" && { actorId: actor_ }) };
        await navigate({ to: "/admin/audit", search });
      }
    } catch (cause) {
      setError(ApiError.from(cause));
    }
  });
  const isFiltered = userId !== undefined || actorId !== undefined;
  return (
    <form
      noValidate
      role="search"
      className="mb-4 grid items-start gap-3 sm:grid-cols-[minmax(0,300px)_minmax(0,300px)_auto] sm:justify-start"
      onSubmit={(event) => void show(event)}
    >
      <TextField
        label="Concerns the user"
        hint={userId === undefined ? "A username or an id" : <PersonName userId={userId} />}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={formState.errors.user?.message}
        {...register("user")}
      />
      <TextField
        label="Done by"
        hint={
          actorId === undefined || actorId === "operator" ? (
            "A username, an id, or operator"
          ) : (
            <PersonName userId={actorId} />
          )
        }
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={formState.errors.actor?.message}
        {...register("actor")}
      />
      <div className="flex gap-2 sm:pt-[1.5em]">
        <SubmitButton isBusy={formState.isSubmitting}>Show</SubmitButton>
        {isFiltered && <Button onClick={() => void navigate({ to: "/admin/audit" })}>Show all</Button>}
      </div>
      {error !== undefined && (
        <div className="col-span-full">
          <ErrorState isInline error={error} />
        </div>
      )}
    </form>
  );
}
