export { hasMarker as isProbablySignedIn } from "./marker";
export {
  getSession,
  leave,
  refused,
  sessionKnown,
  signIn,
  signOut,
  startSession,
  subscribeSession,
  token,
  useSession,
  useUserChange,
} from "./session";
export type { SessionState } from "./session";
export { useUser } from "./useUser";
export type { Credentials, User } from "./wire";
