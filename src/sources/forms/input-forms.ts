/** Reads an input in whatever form its lines are, which is known by the lines themselves. */
import type { FormReading } from "../../entry/forms/form-reading.js";
import type { ByteString, Text } from "../../std/text/byte-string.js";
import type { LineReader } from "../source.js";
import { podContainerOf } from "./pod-container.js";
import { FileForms } from "./file-forms.js";
import { withReadings } from "./with-readings.js";

/** A log may come from anywhere: what names no host has none. */
const noHost = "-";

/** In: an opened input, and its path. */
export function inputInItsForm(reader: LineReader, path: Text): LineReader {
  const appName = podContainerOf(path);
  return withReadings(reader, new FileForms({ hostname: noHost, ...(appName !== undefined && { appName }) }));
}

/** What a line reads as that stands for itself; undefined where it reads as it is. */
export function readingOfLine(line: ByteString): FormReading | undefined {
  const forms = new FileForms({ hostname: noHost });
  forms.learn(Buffer.from(line, "latin1"), 1);
  return forms.formOf(line);
}
