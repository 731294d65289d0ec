/**
 * A cookie that says "probably signed in", with the lifetime of the real one, which scripts cannot read. Without it no
 * refresh is tried: a visitor's page makes no call that fails.
 */

const NAME = "cnop-signed-in";
const SECONDS = 30 * 24 * 3600; // the longest session

export function setMarker(isRemembered: boolean): void {
  write("1", isRemembered ? `; Max-Age=${SECONDS}` : "");
}

export function clearMarker(): void {
  write("", "; Max-Age=0");
}

export function hasMarker(): boolean {
  return document.cookie.split("; ").includes(`${NAME}=1`);
}

function write(value: string, more: string): void {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${NAME}=${value}; Path=/; SameSite=Strict${secure}${more}`;
}
