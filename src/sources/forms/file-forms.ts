/**
 * Reads the lines of a log in whatever form it is, which is known by some of its lines.
 * Promise: a log of the common form costs a look at 64 lines a chunk; one line in, one reading out.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { readCriRecord, readDockerRecord } from "../../entry/forms/container-record.js";
import type { FormReading } from "../../entry/forms/form-reading.js";
import { criForm, dockerForm, readForm } from "../../entry/forms/read-form.js";
import { commonHost } from "../../entry/forms/stamped.js";
import { newline } from "../../std/text/line-text.js";
import { commonLineAt, lineEnd, type CommonLine } from "./common-line.js";
import { ContainerLines } from "./container-lines.js";
import { FormEvidence } from "./form-evidence.js";
import { linesOf, type LineReadings, type Reading } from "./line-readings.js";

export interface FileFormsOptions {
  /** The host in the headers of lines that name none: one word. */
  readonly hostname: ByteString;
  /** The name of the container whose log it is, one word. Left out: it is none, or its name is not known. */
  readonly appName?: ByteString;
}

const sampleLines = 64;
const usualBytes = 256;
/** Of a longer line no more is looked at. */
const sampleBytes = 65_536;

export class FileForms implements LineReadings {
  private readonly options: FileFormsOptions;
  private readonly evidence = new FormEvidence();
  private readonly containerLines: ContainerLines;
  /** Of the last common line: most logs have one, and need no text of it for each line. */
  private host: ByteString = "";

  constructor(options: FileFormsOptions) {
    this.options = options;
    this.containerLines = new ContainerLines({
      ...options,
      recordOf: (line) => {
        const [form, record] = line.startsWith("{")
          ? [dockerForm, readDockerRecord(line)]
          : [criForm, readCriRecord(line)];
        return record && this.evidence.accepts({ form, line }) ? record : undefined;
      },
    });
  }

  /** Looks at lines that are not read now: the first ones of the log. */
  learn(chunk: Uint8Array, lines: number): void {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    // Lines from all over the chunk.
    for (let [index, last] = [0, -1]; index < lines; index++) {
      const place = Math.floor((index * buffer.length) / lines);
      const start = place === 0 ? 0 : endOfLine(buffer, place - 1) + 1;
      if (start <= last || start >= buffer.length) continue;
      last = start;
      const common = commonLineAt(buffer, start);
      if (common) this.evidence.add("common", this.hostAt(buffer, common));
      else
        this.learnLine(
          buffer.toString("latin1", start, Math.min(endOfLine(buffer, start), start + sampleBytes)),
        );
    }
  }

  private learnLine(line: ByteString): void {
    if (line === "") return;
    const finding = readForm(line, this.options);
    this.evidence.add(finding, finding === "common" ? commonHost(line) : undefined);
  }

  private hostAt(bytes: Buffer, { hostStart, hostEnd }: CommonLine): ByteString {
    const { host } = this;
    let index = 0;
    while (index < host.length && bytes[hostStart + index] === host.charCodeAt(index)) index++;
    if (index < host.length || hostEnd - hostStart !== host.length)
      this.host = bytes.toString("latin1", hostStart, hostEnd);
    return this.host;
  }

  read(chunk: Uint8Array): readonly Reading[] | undefined {
    this.learn(chunk, sampleLines);
    if (!this.evidence.isOfOtherForms) return undefined;
    const ofContainers = this.containerLines.read(chunk);
    return linesOf(chunk).map((line, index) => {
      const reading = this.formOf(line);
      // Of a container's records some are parts of a line, which only all of them together are.
      const isRecord = reading?.form === dockerForm || reading?.form === criForm;
      return isRecord ? ofContainers[index] : reading?.line;
    });
  }

  /** The form of a line that is read now, where it is not the common one. */
  formOf(line: ByteString): FormReading | undefined {
    const finding = readForm(line, this.options);
    if (typeof finding !== "object") return undefined;
    const reading = [finding, finding.otherwise].find((each) => each && this.evidence.accepts(each));
    if (reading?.unpadded === undefined || !this.evidence.isPadded(reading.form)) return reading;
    return { ...reading, line: reading.unpadded };
  }
}

/** The place of the next newline, or the length. */
function endOfLine(bytes: Uint8Array, start: number): number {
  // A call of indexOf() costs more than to look at a usual line.
  const near = lineEnd(bytes, start, start + usualBytes);
  if (bytes[near] === newline) return near;
  const found = bytes.indexOf(newline, near);
  return found === -1 ? bytes.length : found;
}
