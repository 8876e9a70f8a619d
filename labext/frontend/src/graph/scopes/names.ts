/** Which scopes the nodes' names make. */

import type { GraphNode } from "../model/graph_node.ts";
import { isConstantOp } from "../model/op_kinds.ts";
import { inChunks, type Steps } from "../steps.ts";

/** Stands for the root, which has no name. */
export const NO_SCOPE = -1;

/** Names nested deeper than this keep the rest of their name as a label. */
const MAX_DEPTH = 64;
const NODES_A_STEP = 500;

/** The scopes by number, each after the one around it. */
export class ScopeNames {
  readonly paths: string[] = [];
  /** By scope: the one around it. */
  readonly parents: number[] = [];
  /** By node: the scope it is in. */
  readonly ofNode: Int32Array;
  /** By node: the scope of the same name. */
  readonly twins: Int32Array;
  readonly #numbers = new Map<string, number>();
  /** By scope: 1 if anything but constants is in it. */
  readonly #isFilled: number[] = [];
  /** By scope: itself, or the nearest around it that is not hollow. */
  #solid: number[] = [];

  private constructor(nodeCount: number) {
    this.ofNode = new Int32Array(nodeCount);
    this.twins = new Int32Array(nodeCount);
  }

  static *steps(nodes: readonly GraphNode[]): Steps<ScopeNames> {
    const names = new ScopeNames(nodes.length);
    yield* inChunks(nodes.length, NODES_A_STEP, (start, end) => names.#read(nodes, start, end));
    yield* inChunks(nodes.length, NODES_A_STEP, (start, end) => names.#findTwins(nodes, start, end));
    if (names.#dissolve()) yield* inChunks(nodes.length, NODES_A_STEP, (start, end) => names.#moveOut(start, end));
    return names;
  }

  /** The number of a scope, or NO_SCOPE. */
  numberOf(path: string): number {
    return this.#numbers.get(path) ?? NO_SCOPE;
  }

  /** Whether the scope came to nothing: what its name holds is in the scope around it. */
  isHollow(scope: number): boolean {
    return this.#solid[scope] !== scope;
  }

  #read(nodes: readonly GraphNode[], start: number, end: number): void {
    let last = "";
    let scope = NO_SCOPE;
    for (let index = start; index < end; index++) {
      const { name, op } = nodes[index] as GraphNode;
      if (name.lastIndexOf("/") !== last.length || !name.startsWith(last)) {
        last = parentPath(name);
        scope = this.#make(last);
      }
      this.ofNode[index] = scope;
      if (isConstantOp(op)) continue;
      for (let at = scope; at >= 0 && this.#isFilled[at] === 0; at = this.parents[at] ?? NO_SCOPE) this.#isFilled[at] = 1;
    }
  }

  #make(path: string): number {
    if (path === "") return NO_SCOPE;
    const known = this.#numbers.get(path);
    if (known !== undefined) return known;
    const parent = this.#make(parentPath(path));
    const number = this.paths.push(path) - 1;
    this.parents.push(parent);
    this.#isFilled.push(0);
    this.#numbers.set(path, number);
    return number;
  }

  #findTwins(nodes: readonly GraphNode[], start: number, end: number): void {
    for (let index = start; index < end; index++) this.twins[index] = this.numberOf((nodes[index] as GraphNode).name);
  }

  /** An op with nothing but constants under its name is no scope: they stand beside it. Says whether there are such. */
  #dissolve(): boolean {
    this.#solid = [...this.paths.keys()];
    let isAny = false;
    for (let node = 0; node < this.twins.length; node++) {
      const scope = this.twins[node] ?? NO_SCOPE;
      if (scope < 0 || this.#isFilled[scope] === 1) continue;
      isAny = true;
      this.#solid[scope] = NO_SCOPE;
      this.twins[node] = NO_SCOPE;
    }
    if (!isAny) return false;
    for (let scope = 0; scope < this.parents.length; scope++) {
      const around = this.#solid[this.parents[scope] ?? NO_SCOPE] ?? NO_SCOPE;
      this.parents[scope] = around;
      if (this.#solid[scope] === NO_SCOPE) this.#solid[scope] = around;
    }
    return true;
  }

  #moveOut(start: number, end: number): void {
    for (let index = start; index < end; index++) this.ofNode[index] = this.#solid[this.ofNode[index] ?? NO_SCOPE] ?? NO_SCOPE;
  }
}

function parentPath(path: string): string {
  let end = path.lastIndexOf("/");
  if (end > 4 * MAX_DEPTH) {
    end = -1;
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      const next = path.indexOf("/", end + 1);
      if (next < 0) break;
      end = next;
    }
  }
  return end > 0 ? path.slice(0, end) : "";
}
