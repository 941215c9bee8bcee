// A real SMTP server for tests. Prints {"port": n} once it listens, then each message as one line of JSON.
// What it does with a message, the first part of the recipient says: reject@ is refused for good, later@ for now, and for
// drop@ the connection breaks after the message was read, before an answer.
import { SMTPServer } from "smtp-server";

const login = process.argv.find((a) => a.startsWith("--login="))?.slice(8);
const startTls = process.argv.includes("--starttls");

const server = new SMTPServer({
  authOptional: !login,
  allowInsecureAuth: true,
  hideSTARTTLS: !startTls,
  disableReverseLookup: true,
  onAuth(auth, session, done) {
    const accepted = `${auth.username}:${auth.password}` === login;
    done(accepted ? null : new Error("Wrong name or password"), accepted ? { user: auth.username } : undefined);
  },
  onRcptTo(address, session, done) {
    const refuse = (code, text) => done(Object.assign(new Error(text), { responseCode: code }));
    if (address.address.startsWith("reject@")) refuse(550, "No such user");
    else if (address.address.startsWith("later@")) refuse(451, "Try again later");
    else done();
  },
  onData(stream, session, done) {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => {
      const to = session.envelope.rcptTo.map((r) => r.address);
      const raw = Buffer.concat(chunks).toString("utf8");
      console.log(JSON.stringify({ to, from: session.envelope.mailFrom.address, user: session.user ?? null, raw }));
      if (to[0].startsWith("drop@")) for (const c of server.connections) c._socket.destroy();
      else done();
    });
  },
});

server.on("error", () => {});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.server.address().port })));
// The test holds our standard input; when it ends, so do we.
process.stdin.on("end", () => process.exit(0)).resume();
