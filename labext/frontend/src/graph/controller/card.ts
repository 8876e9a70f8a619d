/** The info card: everything known of the selected item, with its neighbours to go to. */

import { grouped, tr } from "../../language/language.ts";
import type { Trace } from "../../protocol/view_state.ts";
import type { GraphNode } from "../model/graph_node.ts";
import type { Item } from "../scopes/items.ts";
import { shapeText } from "../visible/level_edge.ts";
import { finishInSlices, finishWithin, inChunks, type Steps } from "../steps.ts";
import type { Scene } from "../visible/scene.ts";
import { make, makeButton } from "./elements.ts";

export interface CardActions {
  select(path: string): void;
  toggle(path: string): void;
  setAside(path: string, isAside: boolean): void;
  setGrouped(seriesPath: string, isGrouped: boolean): void;
  trace(side: Trace): void;
  close(): void;
}

interface Link {
  readonly path: string;
  readonly name: string;
  readonly note: string;
}

/** More could not be read, and each takes its time to be laid out by the page. */
const MAX_LINKS = 60;
const NODES_A_STEP = 1000;
/** The neighbours of what is larger are looked for when a double click has had its picture. */
const AT_ONCE_MS = 3;
const LATER_MS = 300;

/** Fills the card, with what comes later until the signal aborts. */
export function fillCard(card: HTMLElement, item: Item, scene: Scene, state: { isOpen: boolean; isAside: boolean; trace: Trace }, actions: CardActions, signal: AbortSignal): void {
  const { node } = item;
  const close = makeButton("×", tr("Close the card"), () => actions.close());
  close.className = "labext-close";
  card.replaceChildren(close, make("h3", {}, item.label || item.path), make("p", { class: "labext-path" }, item.path));
  card.append(factsOf(item));
  if (node?.attributes) card.append(attributesOf(node.attributes));
  const buttons = make("div", { class: "labext-actions" });
  card.append(buttons);
  const search = linkSteps(item, scene);
  const show = ({ inputs, outputs }: Neighbours): void =>
    buttons.before(
      linkList(tr("Inputs"), inputs.data, actions),
      linkList(tr("Outputs"), outputs.data, actions),
      linkList(tr("Control inputs"), inputs.control, actions),
      linkList(tr("Control outputs"), outputs.control, actions),
    );
  const found = finishWithin(search, AT_ONCE_MS);
  if (found) show(found.result);
  else setTimeout(() => void finishInSlices(search, signal).then((neighbours) => neighbours && !signal.aborted && show(neighbours)), LATER_MS);
  const add = (name: string, text: string, act: () => void): HTMLButtonElement => {
    const button = makeButton(text, "", act);
    button.name = name;
    buttons.append(button);
    return button;
  };
  if (item.kind !== "op") add("toggle", tr(state.isOpen ? "Close scope" : "Open scope"), () => actions.toggle(item.path));
  add("aside", tr(state.isAside ? "Add to main graph" : "Remove from main graph"), () => actions.setAside(item.path, !state.isAside));
  if (item.kind === "series") add("group", tr("Ungroup series"), () => actions.setGrouped(item.path, false));
  const loose = scene.tree.seriesOfLoose.get(item);
  if (loose !== undefined) add("group", tr("Group series"), () => actions.setGrouped(loose, true));
  for (const side of ["inputs", "outputs"] as const) {
    const button = add(side, tr(side === "inputs" ? "Trace inputs" : "Trace outputs"), () => actions.trace(state.trace === side ? "none" : side));
    button.setAttribute("aria-pressed", String(state.trace === side));
  }
}

function factsOf({ kind, node, size }: Item): HTMLElement {
  const list = make("dl");
  const add = (name: string, value: string): void => {
    if (value !== "") list.append(make("dt", {}, name), make("dd", {}, value));
  };
  add(tr("Kind"), kind === "op" ? "" : tr(kind));
  add(tr("Operation"), node?.op ?? "");
  add(tr("Inside"), kind === "op" ? "" : size === 1 ? tr("1 operation") : tr("{count} operations", { count: size }));
  add(tr("Device"), node?.device ?? "");
  add(tr("Output"), (node?.outputs ?? []).map(({ type, shape }) => [type, shapeText(shape)].filter(Boolean).join(" ")).join(", "));
  add(tr("Created at"), node?.source ?? "");
  return list;
}

function attributesOf(text: string): HTMLElement {
  const attributes = Object.entries(JSON.parse(text) as Readonly<Record<string, string>>).filter(([, value]) => value !== "");
  const list = make("dl");
  for (const [name, value] of attributes) list.append(make("dt", {}, name), make("dd", {}, value));
  return make("details", { open: "" }, make("summary", {}, `${tr("Attributes")} (${attributes.length})`), list);
}

interface LinkGroup {
  readonly first: Link[];
  count: number;
}

interface Links {
  readonly data: LinkGroup;
  readonly control: LinkGroup;
}

interface Neighbours {
  readonly inputs: Links;
  readonly outputs: Links;
}

const noLinks = (): Links => ({ data: { first: [], count: 0 }, control: { first: [], count: 0 } });

function* linkSteps(item: Item, scene: Scene): Steps<Neighbours> {
  const inside = scene.tree.nodesIn(item);
  const neighbours = { inputs: noLinks(), outputs: noLinks() };
  yield* inChunks(inside.length, NODES_A_STEP, (start, end) => {
    for (let at = start; at < end; at++) addLinks(neighbours, item, inside[at] ?? 0, scene);
  });
  return neighbours;
}

function addLinks({ inputs, outputs }: Neighbours, item: Item, index: number, scene: Scene): void {
  const { consumers, nodes, tree } = scene;
  const node = nodes[index] as GraphNode;
  for (let position = 0; position < node.inputCount; position++) {
    const producer = node.inputNode(position);
    if (producer >= 0 && !tree.isIn(item, producer)) addInput(inputs, scene, node, position);
  }
  const end = consumers.start(index + 1);
  for (let reading = consumers.start(index); reading < end; reading++) {
    if (!tree.isIn(item, consumers.reader(reading))) addOutput(outputs, scene, reading);
  }
}

function addInput(links: Links, scene: Scene, node: GraphNode, position: number): void {
  const group = node.isControlInput(position) ? links.control : links.data;
  if (++group.count > MAX_LINKS) return;
  const [producer, slot] = [node.inputNode(position), node.inputSlot(position)];
  const source = scene.nodes[producer];
  const output = source?.outputs[slot];
  const name = `${source?.name}${slot > 0 ? `:${slot}` : ""}`;
  addLink(group, scene, producer, name, output ? [shapeText(output.shape), output.type].filter(Boolean).join(" ") : "");
}

function addOutput(links: Links, scene: Scene, reading: number): void {
  const reader = scene.nodes[scene.consumers.reader(reading)];
  if (!reader) return;
  const group = scene.consumers.kind(reading) === "control" ? links.control : links.data;
  if (++group.count <= MAX_LINKS) addLink(group, scene, reader.index, reader.name, reader.op);
}

function addLink(links: LinkGroup, scene: Scene, node: number, name: string, note: string): void {
  const path = scene.tree.itemOfNode[node]?.path;
  if (path !== undefined) links.first.push({ path, name, note });
}

function linkList(title: string, { first, count }: LinkGroup, actions: CardActions): HTMLElement | string {
  if (count === 0) return "";
  const list = make("ul");
  for (const { path, name, note } of first) {
    const button = makeButton(name, "", () => actions.select(path));
    list.append(make("li", {}, button, make("span", {}, note)));
  }
  if (count > MAX_LINKS) list.append(make("li", {}, tr("and {count} more", { count: count - MAX_LINKS })));
  return make("section", {}, make("h4", {}, `${title} (${grouped(count)})`), list);
}
