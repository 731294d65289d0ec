/**
 * A cookie that says "probably signed in", as long as the real one lasts, which scripts cannot read. Without it no
 * refresh is tried: a visitor's page makes no call that fails.
 */

const NAME = "cnop-signed-in";
const REMEMBERED = "1r";
const SECONDS = 30 * 24 * 3600; // the longest session

export function setMarker(isRemembered: boolean): void {
  write(isRemembered ? REMEMBERED : "1", isRemembered ? `; Max-Age=${SECONDS}` : "");
}

/** Makes it last longer: Safari keeps cookies of scripts for 7 days only. */
export function renewMarker(): void {
  if (marker() === REMEMBERED) {
    setMarker(true);
  }
}

export function clearMarker(): void {
  write("", "; Max-Age=0");
}

export function hasMarker(): boolean {
  return ["1", REMEMBERED].includes(marker());
}

function marker(): string {
  const own = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${NAME}=`));
  return own?.slice(NAME.length + 1) ?? "";
}

function write(value: string, more: string): void {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${NAME}=${value}; Path=/; SameSite=Strict${secure}${more}`;
}
