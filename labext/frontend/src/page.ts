/** Entry of the bundle for a page of its own: a file that shows one graph, or the viewer's local server. */

import { addStyles } from "./graph/controller/styles.ts";
import { GraphView } from "./graph/controller/graph_view.ts";
import { GraphModel } from "./graph/model/graph_model.ts";
import { Inbox } from "./graph/model/inbox.ts";
import { speak } from "./language/language.ts";
import { pause } from "./graph/steps.ts";
import { readViewState } from "./protocol/view_state.ts";

/** A multiple of four: what is coded so stands for whole bytes. */
const SLICE_CHARACTERS = 2 ** 16;

/** Shows the graph that the messages hold, in the order in which they are given: compressed with gzip, in base64. */
export async function showPacked(element: HTMLElement, packed: readonly string[], state: unknown): Promise<GraphView> {
  const life = new AbortController();
  speak("");
  addStyles(element);
  const view = new GraphView(element, () => undefined, life.signal);
  Object.assign(view.element, { labextView: view });
  view.setState(readViewState(state));
  const messages: ArrayBuffer[] = [];
  for (const text of packed) messages.push(await unpack(text));
  const graph = new GraphModel();
  const show = async (problem: string): Promise<void> => {
    await pause();
    if (problem === "") view.setGraph(graph);
    else view.showNotice(problem);
  };
  await pause();
  new Inbox(graph).take(messages.map((message) => new DataView(message)), show, life.signal);
  return view;
}

/** A large text is unpacked slice by slice, between which the page answers. */
async function unpack(text: string): Promise<ArrayBuffer> {
  let at = 0;
  const slices = new ReadableStream<BufferSource>({
    async pull(controller) {
      await pause();
      if (at >= text.length) controller.close();
      else controller.enqueue(bytesOf(text.slice(at, (at += SLICE_CHARACTERS))));
    },
  });
  return new Response(slices.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
