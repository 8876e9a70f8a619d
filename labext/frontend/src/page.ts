/** Entry of the bundle for a page of its own: a file that shows one graph, or the viewer's local server. */

import { addStyles } from "./graph/controller/styles.ts";
import { GraphView } from "./graph/controller/graph_view.ts";
import { GraphModel } from "./graph/model/graph_model.ts";
import { Inbox } from "./graph/model/inbox.ts";
import { speak } from "./language/language.ts";
import { readViewState } from "./protocol/view_state.ts";

/** Shows the graph that the messages hold, in the order in which they are given: compressed with gzip, in base64. */
export async function showPacked(element: HTMLElement, packed: readonly string[], state: unknown): Promise<GraphView> {
  const life = new AbortController();
  speak("");
  addStyles(element);
  const view = new GraphView(element, () => undefined, life.signal);
  Object.assign(view.element, { labextView: view });
  view.setState(readViewState(state));
  const messages = await Promise.all(packed.map(unpack));
  const graph = new GraphModel();
  const show = (problem: string): void => (problem === "" ? view.setNodes(graph.nodes, graph.missingInputs) : view.showNotice(problem));
  new Inbox(graph).take(messages.map((message) => new DataView(message)), show, life.signal);
  return view;
}

async function unpack(text: string): Promise<ArrayBuffer> {
  const bytes = await (await fetch(`data:application/octet-stream;base64,${text}`)).arrayBuffer();
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
