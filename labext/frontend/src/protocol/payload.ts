/** Reads the binary graph messages which `labext/payload.py` writes. */

export const MAGIC = 0x4258474c;
export const SCHEMA = 1;
export const CONTROL_SLOT = -1;
export const MISSING_NODE = -1;

/** Says why a message cannot be read; the view shows it and keeps what it has. */
export class PayloadError extends Error {
  override readonly name = "PayloadError";
}

/** One message: the columns of nodes `base` to `base + nodes`, and the strings and shapes they add. */
export interface GraphMessage {
  readonly base: number;
  readonly nodes: number;
  readonly stringBase: number;
  readonly shapeBase: number;
  readonly strings: readonly string[];
  readonly shapes: readonly (readonly number[] | null)[];
  readonly name: Uint32Array;
  readonly op: Uint32Array;
  readonly device: Uint32Array;
  readonly attributes: Uint32Array;
  readonly source: Uint32Array;
  readonly inputEnds: Uint32Array;
  readonly inputNode: Int32Array;
  readonly inputSlot: Int32Array;
  readonly outputEnds: Uint32Array;
  readonly outputType: Uint32Array;
  readonly outputShape: Uint32Array;
}

const STRINGS_A_STEP = 10_000;

type SectionKind = "u1" | "u4" | "i4" | "f8";
type Section = { readonly kind: SectionKind; readonly bytes: ArrayBuffer };

interface Header {
  readonly base: number;
  readonly nodes: number;
  readonly stringBase: number;
  readonly shapeBase: number;
  readonly sections: ReadonlyMap<string, Section>;
}

/** @throws PayloadError when the bytes are not such a message. */
export function decodeGraphMessage(bytes: Uint8Array): GraphMessage {
  const steps = decodingSteps(bytes);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in short steps, for messages that take longer than a frame. */
export function* decodingSteps(bytes: Uint8Array): Generator<undefined, GraphMessage, undefined> {
  const header = readHeader(bytes);
  yield;
  const strings = yield* readStrings(new Uint32Array(sectionOf(header, "stringEnds", "u4")), new Uint8Array(sectionOf(header, "stringBytes", "u1")));
  const u32 = (name: string): Uint32Array => new Uint32Array(sectionOf(header, name, "u4"));
  const i32 = (name: string): Int32Array => new Int32Array(sectionOf(header, name, "i4"));
  const message: GraphMessage = {
    base: header.base,
    nodes: header.nodes,
    stringBase: header.stringBase,
    shapeBase: header.shapeBase,
    strings,
    shapes: readShapes(i32("shapeRank"), new Float64Array(sectionOf(header, "shapeDims", "f8"))),
    name: u32("name"),
    op: u32("op"),
    device: u32("device"),
    attributes: u32("attributes"),
    source: u32("source"),
    inputEnds: u32("inputEnds"),
    inputNode: i32("inputNode"),
    inputSlot: i32("inputSlot"),
    outputEnds: u32("outputEnds"),
    outputType: u32("outputType"),
    outputShape: u32("outputShape"),
  };
  yield;
  yield* check(message);
  return message;
}

function readHeader(bytes: Uint8Array): Header {
  if (bytes.byteLength < 12) throw new PayloadError(`A graph message has at least 12 bytes, this one ${bytes.byteLength}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new PayloadError("These bytes are not a graph message.");
  const schema = view.getUint32(4, true);
  if (schema !== SCHEMA) {
    throw new PayloadError(`The graph message has schema ${schema}, this view reads ${SCHEMA}. Restart the kernel and reload the page.`);
  }
  const length = view.getUint32(8, true);
  const start = 12 + length;
  if (start > bytes.byteLength) throw new PayloadError("The header of the graph message is cut short.");
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes.subarray(12, start)));
  } catch {
    throw new PayloadError("The header of the graph message is not readable.");
  }
  if (!isRecord(json) || !Array.isArray(json["sections"])) throw new PayloadError("The graph message lists no sections.");
  const count = (name: string): number => {
    const value = json[name];
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
      throw new PayloadError(`The graph message gives no valid "${name}".`);
    }
    return value;
  };
  const sections = new Map<string, Section>();
  for (const entry of json["sections"] as unknown[]) {
    const [name, kind, offset, length] = Array.isArray(entry) ? (entry as unknown[]) : [];
    if (typeof name !== "string" || !isKind(kind) || typeof offset !== "number" || typeof length !== "number") {
      throw new PayloadError("The graph message has an unreadable section.");
    }
    const from = start + offset;
    if (!(offset >= 0 && length >= 0 && from + length <= bytes.byteLength)) {
      throw new PayloadError(`Section "${name}" of the graph message is cut short.`);
    }
    sections.set(name, { kind, bytes: bytes.slice(from, from + length).buffer });
  }
  return { base: count("base"), nodes: count("nodes"), stringBase: count("stringBase"), shapeBase: count("shapeBase"), sections };
}

function sectionOf(header: Header, name: string, kind: SectionKind): ArrayBuffer {
  const section = header.sections.get(name);
  if (section?.kind !== kind || section.bytes.byteLength % Number(kind[1]) !== 0) {
    throw new PayloadError(`The graph message lacks a valid section "${name}".`);
  }
  return section.bytes;
}

function* readStrings(ends: Uint32Array, bytes: Uint8Array): Generator<undefined, string[], undefined> {
  const decoder = new TextDecoder();
  const strings: string[] = [];
  const whole = decoder.decode(bytes);
  if (whole.length === bytes.length) {
    // Nothing but ASCII: to cut one text is many times faster than to decode each.
    yield;
    for (let i = 1; i < ends.length; i++) {
      strings.push(whole.slice(ends[i - 1], ends[i]));
      if (i % STRINGS_A_STEP === 0) yield;
    }
    return strings;
  }
  for (let i = 1; i < ends.length; i++) {
    strings.push(decoder.decode(bytes.subarray(ends[i - 1], ends[i])));
    if (i % STRINGS_A_STEP === 0) yield;
  }
  return strings;
}

function readShapes(ranks: Int32Array, dims: Float64Array): (number[] | null)[] {
  let next = 0;
  const shapes: (number[] | null)[] = [];
  for (const rank of ranks) {
    if (rank > dims.length - next) throw new PayloadError("The shapes of the graph message are cut short.");
    shapes.push(rank < 0 ? null : Array.from(dims.subarray(next, (next += rank))));
  }
  return shapes;
}

/** Every index must lie inside its table, so that no later stage has to ask. */
function* check(message: GraphMessage): Generator<undefined, void, undefined> {
  const { nodes } = message;
  const strings = message.stringBase + message.strings.length;
  const shapes = message.shapeBase + message.shapes.length;
  const texts = [message.name, message.op, message.device, message.attributes, message.source];
  if (texts.some((column) => column.length !== nodes)) throw new PayloadError("The node columns differ in length.");
  for (const column of [...texts, message.outputType]) {
    if (exceeds(column, strings)) throw new PayloadError("The graph message refers to a text it does not hold.");
    yield;
  }
  if (exceeds(message.outputShape, shapes) || message.outputType.length !== message.outputShape.length) {
    throw new PayloadError("The graph message refers to a shape it does not hold.");
  }
  if (message.inputNode.length !== message.inputSlot.length || exceeds(message.inputNode, message.base + nodes)) {
    throw new PayloadError("The graph message refers to a node it does not hold.");
  }
  yield;
  checkEnds(message.inputEnds, nodes, message.inputNode.length);
  checkEnds(message.outputEnds, nodes, message.outputType.length);
}

function checkEnds(ends: Uint32Array, rows: number, total: number): void {
  let last = 0;
  for (const end of ends) {
    if (end < last) throw new PayloadError("The graph message has ranges out of order.");
    last = end;
  }
  if (ends.length !== rows + 1 || last !== total) throw new PayloadError("The graph message has ranges of the wrong length.");
}

function exceeds(column: Uint32Array | Int32Array, limit: number): boolean {
  for (const value of column) if (value >= limit) return true;
  return false;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKind(value: unknown): value is SectionKind {
  return value === "u1" || value === "u4" || value === "i4" || value === "f8";
}
