import { useState } from "react";
import type { ReactNode } from "react";

import { api, broken, contract, dataOf } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { useUser } from "@/shared/session";
import { Badge, Button, ButtonLink, ConfirmDialog, Dialog, Facts, Notice, TextField, Time, toast } from "@/shared/ui";

import { useChange } from "./useChange";

interface UserDialogProps {
  readonly user: Schemas["User"];
  readonly profile: Schemas["Profile"];
  readonly onClose: () => void;
}

/** A user, and what an administrator may do. */
export function UserDialog({ user, profile, onClose }: UserDialogProps): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const isMe = useUser()?.userId === profile.user_id;
  const { is_disabled: isDisabled } = user;
  return (
    <>
      <Dialog
        title={profile.username}
        isOpen
        onClose={onClose}
        isWide
        actions={
          <>
            <ButtonLink to="/admin/audit" search={{ userId: profile.user_id }}>
              Sign-ins and sessions in the audit trail
            </ButtonLink>
            {!isMe && (
              <Button variant={isDisabled ? "primary" : "danger"} onClick={() => setAsking(true)}>
                {isDisabled ? "Enable…" : "Disable…"}
              </Button>
            )}
          </>
        }
      >
        <Facts
          items={[
            ["Name", <bdi key="name">{`${profile.first_name} ${profile.last_name}`}</bdi>],
            ["E-mail", <bdi key="email">{profile.email}</bdi>],
            ["Telephone", <bdi key="phone">{profile.phone || "—"}</bdi>],
            ["Role", profile.role === "ADMIN" ? <Badge tone="accent">Administrator</Badge> : "Customer"],
            ["State", isDisabled ? <Badge tone="bad">Disabled</Badge> : <Badge tone="good">Active</Badge>],
            ["Registered", <Time key="since" value={profile.created_at} />],
            ["Changed", <Time key="changed" value={profile.updated_at} />],
            [
              "User id",
              <code key="id" className="font-mono text-xs break-all">
                {profile.user_id}
              </code>,
            ],
          ]}
        />
        <div className="mt-3">
          <Notice>
            {isMe
              ? "This is you: another administrator would have to disable you. "
              : "Roles are given by a command of the operator, not here. "}
          </Notice>
        </div>
      </Dialog>
      {isAsking && <AbleDialog user={user} profile={profile} onClose={() => setAsking(false)} />}
    </>
  );
}

/** Asks before a user is disabled or enabled. */
function AbleDialog({ user, profile, onClose }: UserDialogProps): ReactNode {
  const [reason, setReason] = useState("");
  const { user_id, username } = profile;
  const verb = user.is_disabled ? "enable" : "disable";
  const {
    run: change,
    isBusy,
    error,
  } = useChange(`${verb}.${user_id}`, async (body: { readonly reason: string }, request_id) => {
    const call = { params: { path: { user_id } }, body: { ...body, request_id } };
    return dataOf(
      await (verb === "enable"
        ? api.POST("/api/v1/admin/users/{user_id}:enable", call)
        : api.POST("/api/v1/admin/users/{user_id}:disable", call)),
    );
  });
  const problem = broken(contract.DisableUserRequest.reason, reason);
  const run = async (): Promise<void> => {
    if (await change({ reason: reason.trim() })) {
      toast("good", `${username} is ${verb}d.`);
      onClose();
    }
  };
  return (
    <ConfirmDialog
      title={verb === "disable" ? `Disable ${username}?` : `Enable ${username}?`}
      action={verb === "disable" ? "Disable the user" : "Enable the user"}
      variant={verb === "disable" ? "danger" : "primary"}
      isOpen
      isBusy={isBusy}
      isDisabled={problem !== undefined}
      error={error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <p>
        {verb === "disable"
          ? `All sessions of ${username} end within a second, and ${username} cannot sign in. Cash and holdings stay; pending orders are still filled.`
          : `${username} can sign in again. Sessions that have ended do not come back.`}
      </p>
      <TextField
        label="Reason"
        isOptional
        hint="It goes to the audit trail. The user can read it."
        value={reason}
        error={problem}
        onChange={({ target }) => setReason(target.value)}
      />
    </ConfirmDialog>
  );
}
