/** Knows the name of the container whose log a file is, by where Kubernetes puts it. */
import { basename, dirname } from "node:path";
import { bytesOfText, type ByteString, type Text } from "../../std/text/byte-string.js";

/** "/var/log/containers/POD_NAMESPACE_CONTAINER-ID.log" */
const flat = /^[-.a-z0-9]+_[-a-z0-9]+_([-a-z0-9]+)-[0-9a-f]{64}\.log/;
/** "/var/log/pods/NAMESPACE_POD_UID/CONTAINER/0.log" */
const pod = /^[-a-z0-9]+_[-.a-z0-9]+_[-0-9a-f]+$/;

/** Undefined where the path is none of a container's log. */
export function podContainerOf(path: Text): ByteString | undefined {
  const name = flat.exec(basename(path))?.[1];
  if (name !== undefined) return bytesOfText(name);
  const container = dirname(path);
  const isOfPod = pod.test(basename(dirname(container))) && /^[-a-z0-9]+$/.test(basename(container));
  return isOfPod && /^\d+\.log/.test(basename(path)) ? bytesOfText(basename(container)) : undefined;
}
