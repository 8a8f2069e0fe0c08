/** Finds out whether this machine has a mail server of its own. */
import { connect } from "node:net";

const patienceMs = 2_000;

/** Whether a server on loopback greets as an SMTP server does (RFC 5321, 220). Never throws. */
export function greetsOnLoopback(port = 25): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: "127.0.0.1", port });
    const end = (isServer: boolean): void => {
      socket.destroy();
      done(isServer);
    };
    socket.setTimeout(patienceMs, () => end(false));
    socket.once("error", () => end(false));
    socket.once("data", (greeting) => {
      // To leave without a word would be a line in the server's log.
      socket.write("QUIT\r\n");
      socket.once("close", () => done(true));
      if (!greeting.toString("latin1").startsWith("220")) end(false);
    });
  });
}
