/**
 * Tells the other tabs which one is in sight. Over HTTP/1.1 a browser has six connections for all of them: were each tab
 * that somebody looked at in the last half minute to keep its stream, the seventh could not even load.
 */

export interface Sight {
  /** Tells that this tab is in sight now. */
  tell(this: void): void;
  close(this: void): void;
}

export function connectSight(otherIsInSight: () => void): Sight {
  const channel = new BroadcastChannel("cnop.sight");
  channel.onmessage = otherIsInSight;
  return { tell: () => channel.postMessage(null), close: () => channel.close() };
}
