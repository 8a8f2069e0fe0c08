/**
 * Reads what HAProxy logs of a request or a connection (option httplog, option tcplog).
 * Promise: HAProxy writes a quote and a brace that a client sent as "#22" and "#7B", so that neither ends a field.
 *
 * https://docs.haproxy.org/2.6/configuration.html#8.2
 */
import { readRequestLine, withoutPort, type WebRequest } from "./web-request.js";

const longestMessage = 8192;
/** Client, time, front end, back end, timers, status, bytes, two cookies, state, connections, queues. */
const mostWords = 12;

/** In: the message after HAProxy's tag. Undefined where it is about no client. Without a status: a connection. */
export function readHaproxy(message: string): WebRequest | undefined {
  const text = message.length > longestMessage ? message.slice(0, longestMessage) : message;
  const words = text.split(" ", mostWords);
  const [client = "", time = "", , backEnd = "", timers = "", status = ""] = words;
  if (!time.startsWith("[") || !time.endsWith("]") || !backEnd.includes("/") || !timers.includes("/"))
    return undefined;
  const address = withoutPort(client);
  if (address === "") return undefined;
  const open = text.indexOf(' "');
  const close = text.indexOf('"', open + 2);
  if (open < 0 || close < 0) return { address };
  return {
    address,
    ...readRequestLine(text.slice(open + 2, close)),
    ...(/^\d{3}$/.test(status) && { status: Number(status) }),
    ...readCaptures(text.slice(words.join(" ").length, open)),
  };
}

/** "{example.org|Mozilla/5.0 (X11)}": what of it is the agent has a version, what is the site has no blank. */
function readCaptures(text: string): Pick<WebRequest, "agent" | "virtualHost"> {
  const [start, end] = [text.indexOf("{"), text.indexOf("}")];
  if (start < 0 || end < start) return {};
  const captured = text.slice(start + 1, end).split("|");
  const agent = captured.find((one) => one.includes("/") || one.includes(" "));
  const virtualHost = captured.find((one) => one !== agent && one.includes("."));
  return { ...(agent !== undefined && { agent }), ...(virtualHost !== undefined && { virtualHost }) };
}
