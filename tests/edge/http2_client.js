// Reads a balance again and again by HTTP/2, four calls at once on each connection, until its input ends. Then prints
// how many calls were answered, and the failures of the others.
const http2 = require("node:http2");

const [origin, token] = process.argv.slice(2);
const headers = { ":path": "/api/v1/balance", authorization: `Bearer ${token}`, "user-agent": "node" };
const told = { done: 0, failures: [] };
let stopping = false;
let session;

function connection() {
  if (!session || session.closed || session.destroyed) {
    session = http2.connect(origin);
    session.on("error", () => {}); // its calls fail
  }
  return session;
}

function call() {
  return new Promise((resolve, reject) => {
    const stream = connection().request(headers);
    let status;
    stream.on("response", (answer) => (status = answer[":status"]));
    stream.on("error", reject);
    stream.on("end", () => (status === 200 ? resolve() : reject(new Error(`status ${status}`))));
    stream.on("close", () => reject(new Error("the stream was closed")));
    stream.resume();
  });
}

async function callAgainAndAgain() {
  while (!stopping) {
    try {
      await call();
      told.done += 1;
    } catch (error) {
      told.failures.push(String(error));
    }
  }
}

process.stdin.on("end", () => (stopping = true)).resume();
Promise.all(Array.from({ length: 4 }, callAgainAndAgain)).then(() => {
  session.close();
  console.log(JSON.stringify(told));
});
