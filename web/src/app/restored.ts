/**
 * A page of a user that the browser has kept, and shows again after Back, is loaded anew: it heard nothing meanwhile,
 * neither of a sign-out in another tab nor of another user.
 */

import { getSession } from "@/shared/session";

export function guardRestored(reload: () => void = () => window.location.reload()): void {
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted && ["signed-in", "ended"].includes(getSession().status)) {
      reload();
    }
  });
}
